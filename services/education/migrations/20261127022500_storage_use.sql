-- How many bytes of files a school keeps, and each person who uploaded them. Triggers count, so that every way in and
-- out does: uploads, imports, what goes with a course. Who adds holds the rows until the commit, and so those who add at
-- once are looked at one after another.

create table storage_use (
  organization_id uuid not null,
  -- Null for the school as a whole.
  user_id uuid,
  bytes bigint not null check (bytes >= 0),
  unique nulls not distinct (organization_id, user_id)
);

insert into storage_use (organization_id, user_id, bytes)
select organization_id, null, sum(size) from files group by organization_id
union all
select organization_id, created_by, sum(size) from files group by organization_id, created_by;

select protect_by_organization('storage_use');

-- In one order everywhere, the school first, so that nobody waits in a circle.
create function count_added_files() returns trigger language plpgsql as $$
begin
  insert into storage_use as known (organization_id, user_id, bytes)
  select organization_id, user_id, sum(size) from (
    select organization_id, null::uuid as user_id, size from added
    union all select organization_id, created_by, size from added
  ) c group by organization_id, user_id order by organization_id, user_id nulls first
  on conflict (organization_id, user_id) do update set bytes = known.bytes + excluded.bytes;
  return null;
end
$$;

create function count_removed_files() returns trigger language plpgsql as $$
declare
  share record;
begin
  for share in
    select organization_id, user_id, sum(size) as bytes from (
      select organization_id, null::uuid as user_id, size from removed
      union all select organization_id, created_by, size from removed
    ) c group by organization_id, user_id order by organization_id, user_id nulls first
  loop
    -- The row of a person whose account is gone is gone too, or counts only what came after.
    update storage_use set bytes = greatest(0, bytes - share.bytes)
    where organization_id = share.organization_id and user_id is not distinct from share.user_id;
  end loop;
  return null;
end
$$;

create trigger files_added after insert on files
referencing new table as added for each statement execute function count_added_files();

create trigger files_removed after delete on files
referencing old table as removed for each statement execute function count_removed_files();

create function count_changed_file() returns trigger language plpgsql as $$
begin
  update storage_use set bytes = greatest(0, bytes + new.size - old.size)
  where organization_id = new.organization_id and (user_id is null or user_id = new.created_by);
  return null;
end
$$;

create trigger files_changed after update of size on files
for each row when (old.size <> new.size) execute function count_changed_file();
