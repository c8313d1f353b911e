-- Why a certificate was revoked: as a kind that everyone may see, in words that the learner and the school see, and by whom.
alter table certificates
  add column revocation_reason text
    check (revocation_reason in ('issued_in_error', 'details_wrong', 'requirements_not_met', 'other')),
  add column revocation_note text,
  add column revoked_by uuid;

-- Nothing of ours could revoke until now; an administrator of the database could.
update certificates set revocation_reason = 'other' where revoked_at is not null;

alter table certificates
  add constraint certificates_revoked_check check ((revoked_at is null) = (revocation_reason is null));
