-- Addresses are kept with their domain as the mail system writes it (contracts/email-address.ts). Accounts made on
-- the command line may have one in its own script; their owners would no longer be found by any form.

-- A label in ASCII (RFC 3492, 6.3, and RFC 5890, 2.3.2.1).
create function ascii_label(label text) returns text language plpgsql as $$
declare
  points int[] := array(select ascii(c) from regexp_split_to_table(label, '') with ordinality as t (c, i) order by i);
  digits constant text := 'abcdefghijklmnopqrstuvwxyz0123456789';
  written text := '';
  n int := 128;
  delta int := 0;
  bias int := 72;
  basic int;
  handled int;
  next_point int;
  point int;
  q int;
  k int;
  t int;
begin
  if label ~ '^[\x01-\x7f]*$' then
    return label;
  end if;
  foreach point in array points loop
    if point < 128 then
      written := written || chr(point);
    end if;
  end loop;
  basic := length(written);
  handled := basic;
  if basic > 0 then
    written := written || '-';
  end if;
  while handled < cardinality(points) loop
    select min(p) into next_point from unnest(points) p where p >= n;
    delta := delta + (next_point - n) * (handled + 1);
    n := next_point;
    foreach point in array points loop
      if point < n then
        delta := delta + 1;
      elsif point = n then
        q := delta;
        k := 36;
        loop
          t := case when k <= bias then 1 when k >= bias + 26 then 26 else k - bias end;
          exit when q < t;
          written := written || substr(digits, t + (q - t) % (36 - t) + 1, 1);
          q := (q - t) / (36 - t);
          k := k + 36;
        end loop;
        written := written || substr(digits, q + 1, 1);
        delta := case when handled = basic then delta / 700 else delta / 2 end;
        delta := delta + delta / (handled + 1);
        k := 0;
        while delta > 455 loop
          delta := delta / 35;
          k := k + 36;
        end loop;
        bias := k + 36 * delta / (delta + 38);
        delta := 0;
        handled := handled + 1;
      end if;
    end loop;
    delta := delta + 1;
    n := n + 1;
  end loop;
  return 'xn--' || written;
end
$$;

create function kept_address(address text) returns text language sql as $$
  select normalize(split_part(address, '@', 1), nfc) || '@' || string_agg(ascii_label(label), '.' order by place)
  from regexp_split_to_table(lower(normalize(split_part(address, '@', 2), nfkc)), '[.。]')
    with ordinality as labels (label, place)
$$;

-- Who has the other form too has two accounts; each stays as it is.
update users u set email = kept_address(u.email)
where u.email ~ '[^\x01-\x7f]'
  and not exists (select 1 from users o where o.email = kept_address(u.email) and o.id <> u.id);

drop function kept_address(text);
drop function ascii_label(text);
