# Shared memory by address (perldoc IPC::SysV), and what the builtins do with odd variables.
use strict;
use warnings;
use Test::More;
use IPC::SysV qw(IPC_PRIVATE IPC_CREAT IPC_RMID S_IRUSR S_IWUSR shmat shmdt memread memwrite ftok);

my $id = shmget IPC_PRIVATE, 100, IPC_CREAT | S_IRUSR | S_IWUSR;
plan skip_all => "no shared memory: $!" unless defined $id;
END { shmctl $id, IPC_RMID, 0 if defined $id }

ok(shmwrite($id, 'abcdef', 0, 6), 'shmwrite');
my $at = shmat($id, undef, 0);
ok(defined $at, 'shmat');
is(unpack('P6', $at), 'abcdef', 'unpack P reads an attached segment');
ok(memwrite($at, 'XYZ', 1, 3), 'memwrite');
my $copy = '';
ok(memread($at, $copy, 0, 6), 'memread');
is($copy, 'aXYZef', 'what was written');
is(shmdt($at), 0, 'shmdt');

{
    package Counted;
    our ($fetched, $stored) = (0, 0);
    sub TIESCALAR { return bless [] }
    sub FETCH { $fetched++; return 'old' }
    sub STORE { $stored++; $_[0][0] = $_[1] }
}
tie my $counted, 'Counted';
ok(shmread($id, $counted, 0, 2), 'shmread into a tied variable');
is("$Counted::fetched $Counted::stored", '1 1', 'asks and tells it once');

my $key = ftok($0, 2);
is(ftok($0, int 2.5), $key, 'ftok with a number');
is(ftok($0, '2'), ftok($0, ord '2'), 'with a character');
for my $wrong (3.5, 'AA', '') {
    ok(!eval { ftok($0, $wrong); 1 }, "not with '$wrong'");
    like($@, qr/^invalid project id at /, 'which it says');
}

done_testing;
