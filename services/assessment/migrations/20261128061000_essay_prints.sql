-- Fingerprints of the words of essays (services/assessment/similarity), by which answers that share passages are found;
-- a row each, as an index on arrays cannot be used behind row-level security. They go with the answer, and the answer
-- with its attempt.
create table essay_prints (
  organization_id uuid not null,
  print bigint not null,
  answer_id uuid not null references answers_to_mark on delete cascade,
  primary key (organization_id, print, answer_id)
);
create index essay_prints_of_answer on essay_prints (answer_id);
select protect_by_organization('essay_prints');

-- Whether the prints were taken: of what is no essay they are not, and it is not asked again.
alter table answers_to_mark add column printed boolean not null default false;
create index answers_to_mark_unprinted on answers_to_mark (id) where not printed and marker = 'person';
