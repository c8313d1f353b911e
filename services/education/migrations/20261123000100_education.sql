-- Copies of what auth owns, fed by its events: enough to show names and to find a school by its address.
create table organizations (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  is_default boolean not null default false
);

create table people (
  organization_id uuid not null,
  user_id uuid not null,
  name text not null,
  email text not null,
  primary key (organization_id, user_id)
);

create table courses (
  id uuid primary key,
  organization_id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null,
  summary text not null default '',
  description text not null default '',
  instructor_id uuid not null,
  category text not null,
  level text not null check (level in ('beginner', 'intermediate', 'advanced')),
  language text not null default 'en',
  status text not null default 'draft' check (status in ('draft', 'published', 'archived')),
  require_quizzes boolean not null default true,
  cover_file_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  published_at timestamptz,
  search tsvector generated always as (
    setweight(to_tsvector('english', title), 'A') ||
    setweight(to_tsvector('english', summary || ' ' || category), 'B') ||
    setweight(to_tsvector('english', regexp_replace(description, '<[^>]*>', ' ', 'g')), 'C')
  ) stored,
  unique (organization_id, slug)
);
create index courses_catalogue on courses (organization_id, published_at desc, id) where status = 'published';
create index courses_taught on courses (organization_id, instructor_id, updated_at desc);
create index courses_search on courses using gin (search);

create table modules (
  id uuid primary key,
  organization_id uuid not null,
  course_id uuid not null references courses on delete cascade,
  title text not null,
  position int not null
);
create index modules_of_course on modules (course_id, position);

create table files (
  id uuid primary key,
  organization_id uuid not null,
  course_id uuid not null references courses on delete cascade,
  name text not null,
  media_type text not null,
  size bigint not null check (size >= 0),
  sha256 text not null,
  blob_key text not null unique,
  attachment boolean not null default false,
  created_by uuid not null,
  created_at timestamptz not null default now()
);
create index files_of_course on files (course_id);

create table lessons (
  id uuid primary key,
  organization_id uuid not null,
  course_id uuid not null references courses on delete cascade,
  module_id uuid not null references modules on delete cascade,
  title text not null,
  kind text not null check (kind in ('page', 'video', 'file', 'link', 'quiz')),
  content_id uuid,
  position int not null,
  duration_minutes int not null default 0 check (duration_minutes >= 0),
  required boolean not null default true,
  file_id uuid references files,
  link_url text,
  quiz_id uuid,
  attachment_ids uuid[] not null default '{}',
  check (kind <> 'quiz' or quiz_id is not null)
);
create index lessons_of_course on lessons (course_id, position);
create index lessons_of_module on lessons (module_id, position);
create index lessons_of_quiz on lessons (quiz_id) where quiz_id is not null;

create table enrollments (
  id uuid primary key,
  organization_id uuid not null,
  user_id uuid not null,
  course_id uuid not null references courses,
  progress_percent int not null default 0 check (progress_percent between 0 and 100),
  enrolled_at timestamptz not null default now(),
  completed_at timestamptz,
  last_lesson_id uuid,
  last_activity_at timestamptz not null default now(),
  unique (user_id, course_id)
);
create index enrollments_of_learner on enrollments (organization_id, user_id, last_activity_at desc);
create index enrollments_of_course on enrollments (course_id, id);

create table lesson_progress (
  organization_id uuid not null,
  enrollment_id uuid not null references enrollments on delete cascade,
  lesson_id uuid not null references lessons on delete cascade,
  position_percent int not null default 0 check (position_percent between 0 and 100),
  position_seconds int not null default 0 check (position_seconds >= 0),
  started_at timestamptz not null default now(),
  completed_at timestamptz,
  primary key (enrollment_id, lesson_id)
);

create table quiz_results (
  organization_id uuid not null,
  enrollment_id uuid not null references enrollments on delete cascade,
  quiz_id uuid not null,
  best_percent numeric not null,
  passed boolean not null,
  attempts int not null,
  primary key (enrollment_id, quiz_id)
);

create table issuer_keys (
  organization_id uuid not null,
  did text not null unique,
  private_key text not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);
create unique index issuer_keys_current on issuer_keys (organization_id) where retired_at is null;

create table certificates (
  id uuid primary key,
  organization_id uuid not null,
  user_id uuid not null,
  course_id uuid not null,
  enrollment_id uuid not null unique references enrollments,
  recipient_name text not null,
  course_title text not null,
  instructor_name text not null,
  school_name text not null,
  issued_at timestamptz not null,
  credential jsonb not null,
  revoked_at timestamptz
);
create index certificates_of_learner on certificates (organization_id, user_id, issued_at desc);

create table imports (
  id uuid primary key,
  organization_id uuid not null,
  created_by uuid not null,
  file_name text not null,
  status text not null default 'waiting' check (status in ('waiting', 'running', 'done', 'failed')),
  stage text not null default 'received' check (stage in ('received', 'reading', 'files', 'lessons', 'done')),
  progress_percent int not null default 0,
  course_id uuid,
  report jsonb,
  error jsonb,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index imports_of_author on imports (organization_id, created_by, id desc);

select protect_by_organization('people');
select protect_by_organization('courses');
select protect_by_organization('modules');
select protect_by_organization('files');
select protect_by_organization('lessons');
select protect_by_organization('enrollments');
select protect_by_organization('lesson_progress');
select protect_by_organization('quiz_results');
select protect_by_organization('issuer_keys');
select protect_by_organization('certificates');
select protect_by_organization('imports');
