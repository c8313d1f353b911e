-- Whether learners say how sure they are of their answers, and whether that counts (certainty-based marking).
alter table quizzes add column confidence text not null default 'not_asked'
  check (confidence in ('not_asked', 'shown', 'counted'));

-- As the quiz had it when the attempt began, and what was said, by question: 1 not sure, 2 fairly sure, 3 certain.
alter table submissions
  add column confidence_mode text not null default 'not_asked'
    check (confidence_mode in ('not_asked', 'shown', 'counted')),
  add column confidence jsonb not null default '{}';
