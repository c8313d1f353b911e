-- An invoice may take back a credit note whose money did not arrive: it names the invoice that the note was of.
do $$
declare name text;
begin
  select conname into strict name from pg_constraint
  where conrelid = 'invoices'::regclass and contype = 'c'
    and pg_get_constraintdef(oid) like '%credit_note%' and pg_get_constraintdef(oid) like '%invoice_id%';
  execute format('alter table invoices drop constraint %I', name);
end
$$;
alter table invoices add constraint credit_notes_of_an_invoice check (kind <> 'credit_note' or invoice_id is not null);
