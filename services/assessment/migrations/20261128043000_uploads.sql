-- Files that learners hand in as answers. A row comes first and its content after it, so that none is without a row.
create table uploads (
  id uuid primary key,
  organization_id uuid not null,
  submission_id uuid not null references submissions on delete cascade,
  question_id uuid not null,
  user_id uuid not null,
  name text not null,
  -- What was announced, until it has arrived; counted either way.
  size bigint not null check (size >= 0),
  media_type text not null,
  sha256 text not null,
  -- Another with each try.
  blob_key text not null unique,
  state text not null default 'arriving' check (state in ('arriving', 'kept')),
  begun_at timestamptz not null default clock_timestamp(),
  arrived_at timestamptz
);
create index uploads_of_submission on uploads (submission_id, question_id);
create index uploads_of_person on uploads (organization_id, user_id);
create index uploads_arriving on uploads (begun_at) where state = 'arriving';
select protect_by_organization('uploads');

-- Contents whose rows are gone, whatever took them: the learner, an erasure, the end of a course.
create table uploads_to_delete (
  blob_key text primary key,
  organization_id uuid not null,
  -- One that is still arriving is not there yet to be deleted.
  due_at timestamptz not null
);
create index uploads_to_delete_due on uploads_to_delete (due_at);
select protect_by_organization('uploads_to_delete');

create function note_upload_to_delete() returns trigger language plpgsql as $$
begin
  insert into uploads_to_delete (blob_key, organization_id, due_at)
  values (old.blob_key, old.organization_id,
    clock_timestamp() + case when old.state = 'arriving' then interval '2 hours' else interval '0' end)
  on conflict do nothing;
  return null;
end
$$;
create trigger upload_gone after delete on uploads for each row execute function note_upload_to_delete();
create trigger upload_replaced after update of blob_key on uploads
for each row when (old.blob_key <> new.blob_key) execute function note_upload_to_delete();

-- Whoever adds to what a school keeps waits for who adds at the same moment, so that a quota holds.
create table upload_use (
  organization_id uuid primary key,
  bytes bigint not null check (bytes >= 0)
);
select protect_by_organization('upload_use');
create function count_upload() returns trigger language plpgsql as $$
begin
  if tg_op <> 'DELETE' then
    insert into upload_use as known (organization_id, bytes) values (new.organization_id, new.size)
    on conflict (organization_id) do update set bytes = known.bytes + excluded.bytes;
  end if;
  if tg_op <> 'INSERT' then
    update upload_use set bytes = greatest(0, bytes - old.size) where organization_id = old.organization_id;
  end if;
  return null;
end
$$;
create trigger upload_counted after insert or delete or update of size on uploads
for each row execute function count_upload();
