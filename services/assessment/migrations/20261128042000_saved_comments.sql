-- Comments that a teacher keeps to use again when marking; each person's own.
create table saved_comments (
  id uuid primary key,
  organization_id uuid not null,
  user_id uuid not null,
  text text not null,
  created_at timestamptz not null default clock_timestamp()
);
create index saved_comments_of_person on saved_comments (organization_id, user_id);
select protect_by_organization('saved_comments');

-- Which answer a marker has open, as a short lease: each person has one open at a time.
create table open_answers (
  organization_id uuid not null,
  user_id uuid not null,
  answer_id uuid not null references answers_to_mark on delete cascade,
  seen_at timestamptz not null default clock_timestamp(),
  primary key (organization_id, user_id)
);
create index open_answers_of_answer on open_answers (answer_id);
select protect_by_organization('open_answers');
