-- Marks of an answer by more than one person (decision 0054): two who mark it without seeing each other's, or one whose
-- marks are moderated. The row in `answers_to_mark` holds the mark that was decided, and is all a learner is told of.
alter table quiz_marking
  add column markers text not null default 'one' check (markers in ('one', 'two', 'moderated')),
  add column tolerance numeric not null default 10 check (tolerance >= 0),
  add column tolerance_unit text not null default 'percent' check (tolerance_unit in ('points', 'percent')),
  add column sample_percent int not null default 10 check (sample_percent between 1 and 100),
  add column markers_decide boolean not null default false;

-- Whether a moderator decides: two marks lie apart, or the attempt is in the sample. It stays so once that is done.
alter table answers_to_mark add column to_decide boolean not null default false;

-- Who gave what, when and why. A mark that was given and is then changed stays, superseded; a draft is overwritten.
create table given_marks (
  id uuid primary key,
  organization_id uuid not null,
  answer_id uuid not null references answers_to_mark on delete cascade,
  place text not null check (place in ('first', 'second', 'decision')),
  state text not null check (state in ('draft', 'marked')),
  revision int not null,
  levels jsonb not null default '{}',
  points numeric check (points >= 0),
  comment text not null default '',
  reason text not null default '',
  marked_by uuid not null,
  marked_at timestamptz not null default clock_timestamp(),
  superseded_at timestamptz,
  check (state <> 'marked' or points is not null)
);
create unique index given_marks_place on given_marks (answer_id, place) where superseded_at is null;
-- Nobody gives both marks of an answer.
create unique index given_marks_person on given_marks (answer_id, marked_by)
  where place in ('first', 'second') and superseded_at is null;
create index given_marks_by on given_marks (organization_id, marked_by);
select protect_by_organization('given_marks');
