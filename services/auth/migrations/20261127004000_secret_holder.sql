-- Who was shown the secret of an OAuth client. Once they may no longer do what the client does, the secret stops
-- working until another administrator makes a new one.
select set_config('azora.organization_id', '*', true);
alter table oauth_clients
  add column secret_held_by uuid references users on delete set null,
  add column secret_withdrawn_at timestamptz(3);
update oauth_clients set secret_held_by = created_by;
create index oauth_clients_of_holder on oauth_clients (secret_held_by);
