# A handler closes the handle that is being read: the read ends with an error, nothing else happens.
use strict; use warnings; no warnings 'unopened', 'closed';
use Test::More;
use Time::HiRes qw(ualarm);
use lib 't/lib'; use Snippet;
my $prog = 'pipe R, W or die; open STDIN, "<&", *R; close R; $SIG{ALRM} = sub { close STDIN; $n++ }; '
    . 'alarm 1; $! = 0; $l = <STDIN>; print defined $l ? "defined" : "undef", " $n ", $! + 0, "\n"';
my $r = snippet($prog);
is($r->{status}, 0, 'no crash');
is($r->{out}, "undef 1 22\n", 'undef and Invalid argument');

pipe(my $in, my $out) or die;
{ local $SIG{ALRM} = sub { undef $in; undef $out };
  ualarm 50_000;
  my $l = <$in>;
  ok(!defined $l, 'the handle variable undefined while it is read');
}
pipe($in, $out) or die;
{ local $SIG{ALRM} = sub { open $in, '<', '/dev/null' or die; };
  ualarm 50_000;
  my $l = <$in>;
  ok(!defined $l || $l eq '', 'reopened while it is read');
}
pipe($in, $out) or die;
my @l;
{ local $SIG{ALRM} = sub { @l = (); syswrite $out, "x\ny\n"; close $out };
  ualarm 50_000;
  @l = <$in>;
  is("@l", "x\n y\n", 'the target array emptied meanwhile');
}
my $buf = 'abc';
pipe($in, $out) or die;
{ local $SIG{ALRM} = sub { $buf = ''; syswrite $out, "12345" };
  ualarm 50_000;
  my $n = read($in, $buf, 5, 3);
  is($n, 5, 'read counts');
}
ok(length $buf >= 5, 'the buffer of read changed under it');
done_testing;
