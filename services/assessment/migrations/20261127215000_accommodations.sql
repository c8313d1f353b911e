-- What a teacher gave one learner: for every quiz of a course, or for one in place of that. Zero and null change nothing.
create table accommodations (
  organization_id uuid not null,
  course_id uuid not null,
  user_id uuid not null,
  quiz_id uuid references quizzes on delete cascade,
  extra_percent int not null check (extra_percent >= 0),
  extra_minutes int not null check (extra_minutes >= 0),
  extra_attempts int not null check (extra_attempts >= 0),
  opens_at timestamptz,
  due_at timestamptz,
  closes_at timestamptz,
  unique nulls not distinct (course_id, user_id, quiz_id)
);
create index accommodations_of_quiz on accommodations (quiz_id);
create index accommodations_of_user on accommodations (user_id);

select protect_by_organization('accommodations');
