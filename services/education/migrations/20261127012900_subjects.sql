-- Subjects are typed freely, and the same one was typed in many ways: "Maths", "maths", "Maths ". A school has each once,
-- whatever the case and the spaces, in the spelling that came first. A trigger, so that every way in keeps to it.

create table subjects (
  organization_id uuid not null,
  key text not null,
  name text not null,
  primary key (organization_id, key)
);
select protect_by_organization('subjects');

create function subject_key(subject text) returns text language sql immutable as $$
  select lower(regexp_replace(btrim(normalize(subject, NFKC)), '\s+', ' ', 'g'))
$$;

-- Two courses that bring one new subject at once wait for each other at the key, and the second takes the first's spelling.
create function take_subject() returns trigger language plpgsql as $$
begin
  insert into subjects as known (organization_id, key, name)
  values (new.organization_id, subject_key(new.category), regexp_replace(btrim(new.category), '\s+', ' ', 'g'))
  on conflict (organization_id, key) do update set name = known.name
  returning known.name into new.category;
  return new;
end
$$;

-- The spelling that most courses have stays, and of equals the eldest.
insert into subjects (organization_id, key, name)
select distinct on (organization_id, subject_key(category)) organization_id, subject_key(category),
  regexp_replace(btrim(category), '\s+', ' ', 'g')
from courses
group by organization_id, category
order by organization_id, subject_key(category), count(*) desc, min(created_at);

update courses c set category = s.name from subjects s
where s.organization_id = c.organization_id and s.key = subject_key(c.category) and c.category <> s.name;

create trigger courses_take_subject before insert or update of category on courses
for each row execute function take_subject();
