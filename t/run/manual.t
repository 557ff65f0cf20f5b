# keshi-only: perl's manual and completions are not made by perl
# The list of switches, the manual page and the completions are made from one table, and know the same switches.
use strict;
use warnings;
use Test::More;

my $help  = `$^X -h`;
my @flags = $help =~ /^  (--?\w[\w-]*?)(?=[\[=\s])/mg;
cmp_ok scalar @flags, '>', 30, 'switches are listed';

my $page = `$^X --man`;
like $page, qr/\A\.TH KESHI 1 /, 'a manual page';
$page =~ s/\\-/-/g;
like $page, qr/^\\fB:signals\\fR$/m, 'the commands of a session are in it';
my %script = map { $_ => scalar `$^X --completion=$_` } qw(bash zsh fish);
for my $flag (@flags) {
    my $bare = $flag =~ s/^-+//r;
    my $sign = $flag =~ /^--/ ? "-l $bare" : "-s $bare";
    ok $page =~ /^\\fB\Q$flag\E/m
        && $script{bash} =~ /(?<![\w-])\Q$flag\E/
        && $script{zsh} =~ /'\*?\Q$flag\E/
        && $script{fish} =~ /\Q$sign\E /,
        "$flag is everywhere";
}

is system("bash -c 'source /dev/stdin' <<'END'\n$script{bash}\nEND\n"), 0, 'bash reads its script';
sub completed {
    my $words = join ' ', map { "'$_'" } 'keshi', @_;
    my $asked = "COMP_WORDS=($words); COMP_CWORD=$#{[0, @_]}; _keshi; echo \${COMPREPLY[@]}";
    return scalar `bash -c 'source /dev/stdin' 2>/dev/null <<'END'\n$script{bash}\n$asked\nEND\n`;
}
is completed('--du'), "--dump=\n", 'a long switch up to its sign';
is completed('--dump', '='), "ast bytecode\n", 'its values';
is completed('--dump', '=', 'b'), "bytecode\n", 'the one that fits';
is completed('-I', '/us'), "/usr\n", 'a directory behind';
is completed('-I/us'), "-I/usr/\n", 'and glued on';
is completed('--', '-'), "\n", 'no switches behind --';
is completed('-w', 'script.pl', '--du'), "\n", 'nor behind the script';
is completed('-e', '1', '--du'), "--dump=\n", 'but behind the code of -e';
is completed('-w', '/etc/passw'), "/etc/passwd\n", 'a file' if !-e '/etc/passwd-';
is `$^X --dump ast -e 1`, `$^X --dump=ast -e 1`, 'what a long switch takes may be a word of its own';

like `$^X --completion=csh 2>&1`, qr/^--completion=csh: the shells are bash, zsh and fish$/, 'no other shell';

done_testing;
