-- What is approved and not yet used is open as well: a second request about the same could be approved and used beside it.
-- A request that nobody decided in time, or used, closes as expired when the same is asked for again.
alter table approvals drop constraint approvals_state_check;
alter table approvals add check (state in ('waiting', 'approved', 'refused', 'withdrawn', 'expired'));
drop index approvals_waiting;
create unique index approvals_open on approvals (organization_id, kind, subject)
  where state = 'waiting' or (state = 'approved' and used_at is null);
