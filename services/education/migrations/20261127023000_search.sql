-- Search over courses and lessons. The dictionaries drop accents, so "cafe" finds "café". Every text is indexed twice:
-- by its English stems, and word for word for the languages that PostgreSQL has no stems for, such as Afrikaans and isiZulu.
create text search configuration folded (copy = simple);
alter text search configuration folded alter mapping for hword, hword_part, word with unaccent, simple;
create text search configuration folded_english (copy = english);
alter text search configuration folded_english alter mapping for hword, hword_part, word with unaccent, english_stem;

create function search_vector(words text) returns tsvector language sql immutable parallel safe
return to_tsvector('folded'::regconfig, words) || to_tsvector('folded_english'::regconfig, words);

create function search_fold(words text) returns text language sql immutable parallel safe
return lower(unaccent('unaccent'::regdictionary, words));

-- The name of who teaches stands beside the course, because a generated column reads its own row only.
alter table courses drop column search;
alter table courses add column instructor_name text not null default '';
update courses c set instructor_name = p.name from people p
where p.organization_id = c.organization_id and p.user_id = c.instructor_id;
alter table courses add column search tsvector not null generated always as (
  setweight(search_vector(title), 'A') ||
  setweight(search_vector(summary || ' ' || category || ' ' || instructor_name), 'B') ||
  -- A tsvector holds a megabyte; a longer description would refuse to be saved.
  setweight(search_vector(left(regexp_replace(description, '<[^<>]*>', ' ', 'g'), 20000)), 'C')
) stored;
alter table courses add column names text not null generated always as (
  search_fold(title || ' ' || category || ' ' || instructor_name)) stored;
create index courses_search on courses using gin (search);
create index courses_names on courses using gin (names gin_trgm_ops);

-- `for share`, so that a teacher who is renamed while a course of theirs is made gets the new name there, whichever
-- comes first.
create function take_instructor_name() returns trigger language plpgsql as $$
begin
  select name into new.instructor_name from people
  where organization_id = new.organization_id and user_id = new.instructor_id for share;
  new.instructor_name := coalesce(new.instructor_name, '');
  return new;
end
$$;
create trigger courses_take_instructor_name before insert or update of instructor_id on courses
for each row execute function take_instructor_name();

create function give_instructor_name() returns trigger language plpgsql as $$
begin
  update courses set instructor_name = case tg_op when 'DELETE' then '' else new.name end
  where organization_id = coalesce(new.organization_id, old.organization_id)
    and instructor_id = coalesce(new.user_id, old.user_id);
  return null;
end
$$;
create trigger people_give_instructor_name after insert or update of name or delete on people
for each row execute function give_instructor_name();

-- The words of a lesson, without its markup: its document may be kept outside this database. Null until it was read.
alter table lessons add column words text;
update lessons set words = '' where content_id is null;
alter table lessons add column search tsvector not null generated always as (
  setweight(search_vector(title), 'B') || setweight(search_vector(coalesce(words, '')), 'D')) stored;
alter table lessons add column names text not null generated always as (search_fold(title)) stored;
create index lessons_search on lessons using gin (search);
create index lessons_names on lessons using gin (names gin_trgm_ops);
create index lessons_unread on lessons (id) where words is null;

-- The functions below read past row-level security, because PostgreSQL uses no text index under it: the operators could
-- tell of rows that the policy hides. They name the school themselves, from the same setting as the policy, and show
-- nothing but what every visitor of the school may see.
create function searched_school() returns uuid language sql stable
return current_setting('azora.organization_id')::uuid;

create function find_lessons(asked tsquery) returns table (course_id uuid, lesson_id uuid, rank real)
language sql stable security definer set search_path = education, azora_extensions, pg_temp set plan_cache_mode = force_custom_plan as $$
  -- Ranking reads each match whole, so a word that is everywhere is ranked over a part of them only.
  select course_id, id, ts_rank(search, asked) from (
    select l.course_id, l.id, l.search from lessons l
    join modules m on m.id = l.module_id and m.status = 'published'
    join courses c on c.id = l.course_id and c.status = 'published'
    where l.organization_id = searched_school() and l.status = 'published' and l.search @@ asked
    limit 1000) found
$$;

create function find_courses(asked tsquery) returns table (course_id uuid, lesson_id uuid, rank real)
language sql stable security definer set search_path = education, azora_extensions, pg_temp set plan_cache_mode = force_custom_plan as $$
  select c.id, null::uuid, ts_rank(c.search, asked) from courses c
  where c.organization_id = searched_school() and c.status = 'published' and c.search @@ asked
$$;

-- What is spelled like the words: each of them in the names of a course or of its lessons.
create function find_similar(asked text[]) returns table (course_id uuid, lesson_id uuid, rank real)
language sql stable security definer set search_path = education, azora_extensions, pg_temp set plan_cache_mode = force_custom_plan
set pg_trgm.word_similarity_threshold = 0.5 as $$
  with alike as (
    select a.word, h.* from unnest(asked) a (word) cross join lateral (
      (select c.id as course, null::uuid as lesson, word_similarity(a.word, c.names) as rank from courses c
       where c.organization_id = searched_school() and c.status = 'published' and a.word <% c.names limit 500)
      union all
      (select l.course_id, l.id, word_similarity(a.word, l.names) / 2 from lessons l
       join modules m on m.id = l.module_id and m.status = 'published'
       join courses c on c.id = l.course_id and c.status = 'published'
       where l.organization_id = searched_school() and l.status = 'published' and a.word <% l.names limit 500)
    ) h)
  select course, lesson, max(rank) from alike
  where course in (select course from alike group by course having count(distinct word) = cardinality(asked))
  group by course, lesson
$$;

-- For each word the one in the names of what may be found that is spelled most like it; itself when there is none.
create function respell(asked text[]) returns text[]
language sql stable security definer set search_path = education, azora_extensions, pg_temp set plan_cache_mode = force_custom_plan
set pg_trgm.word_similarity_threshold = 0.3 as $$
  select array_agg(coalesce((
    select candidate from (
      (select c.names from courses c
       where c.organization_id = searched_school() and c.status = 'published' and a.word <% c.names limit 200)
      union all
      (select l.names from lessons l
       join modules m on m.id = l.module_id and m.status = 'published'
       join courses c on c.id = l.course_id and c.status = 'published'
       where l.organization_id = searched_school() and l.status = 'published' and a.word <% l.names limit 200)
    ) named cross join lateral regexp_split_to_table(named.names, '[^[:alnum:]]+') candidate
    where similarity(candidate, a.word) > 0.25
    order by similarity(candidate, a.word) desc, candidate limit 1), a.word) order by a.place)
  from unnest(asked) with ordinality a (word, place)
$$;

revoke all on function find_lessons(tsquery), find_courses(tsquery), find_similar(text[]), respell(text[]) from public;
grant execute on function find_lessons(tsquery), find_courses(tsquery), find_similar(text[]), respell(text[]) to azora_education;
