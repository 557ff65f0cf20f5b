package File::Find;
# Directory trees walked (perldoc File::Find).

use 5.006;
use strict;
use warnings;
use warnings::register;
use Cwd ();
require Exporter;

our $VERSION = '1.40';
our @ISA     = ('Exporter');
our @EXPORT  = qw(find finddepth);

# Visible to wanted().
our ($name, $dir, $prune, $fullname);
our ($topdir, $topdev, $topino, $topmode, $topnlink);
our $dont_use_nlink     = 1;
our $avoid_nlink        = 1;
our $untaint_pattern    = qr|^([-+@\w./]+)$|;
our $current_dir        = '.';

sub find {
    my $wanted = shift;
    _find_opt(_options($wanted), @_);
}

sub finddepth {
    my $wanted = _options(shift);
    $wanted->{bydepth} = 1;
    _find_opt($wanted, @_);
}

my %known_option = map +($_ => 1), qw(wanted bydepth preprocess postprocess follow follow_fast follow_skip
    dangling_symlinks no_chdir untaint untaint_pattern untaint_skip);

sub _options {
    my ($wanted) = @_;
    if (ref $wanted eq 'CODE' or ref $wanted and !UNIVERSAL::isa($wanted, 'HASH')) { $wanted = { wanted => $wanted } }
    elsif (ref $wanted) {
        $wanted = {%$wanted};
        if (!exists $wanted->{wanted} or ref $wanted->{wanted} ne 'CODE') {
            die 'no &wanted subroutine given';
        }
        my @unknown = sort grep !$known_option{$_}, keys %$wanted;
        warn 'Invalid option(s): ' . join(', ', @unknown) . "\n" if @unknown;
    }
    else { die 'no &wanted subroutine given' }
    return $wanted;
}

sub _warn {
    my ($text) = @_;
    warnings::warnif($text);
}

sub _find_opt {
    my ($opt, @tops) = @_;
    die "invalid top directory" if grep !defined, @tops;

    # wanted() may call find() again.
    local ($dir, $name, $fullname, $prune);
    local $_;
    local ($topdir, $topdev, $topino, $topmode, $topnlink);
    local ($opt->{cwd}, $opt->{seen});

    $opt->{cwd} = $opt->{no_chdir} && !$opt->{follow} && !$opt->{follow_fast} ? '' : Cwd::getcwd();
    die "can't chdir to current directory: $!" if !defined $opt->{cwd};
    $opt->{links} = $opt->{follow} || $opt->{follow_fast};
    $opt->{follow_skip} = 1 unless defined $opt->{follow_skip};
    my $start = $opt->{no_chdir} ? undef : Cwd::getcwd();
    $start = _untainted($opt, $start) if defined $start;

    TOP: for my $top (@tops) {
        (my $path = $top) =~ s{(.)/+\z}{$1}s;
        if (!$opt->{no_chdir} and defined $start) { chdir $start or die "Can't cd to $start: $!\n" }
        my ($dev, $ino, $mode, $nlink) = $opt->{links} ? stat $path : lstat $path;
        ($topdir, $topdev, $topino, $topmode, $topnlink) = ($path, $dev, $ino, $mode, $nlink);
        if (!defined $nlink and !$opt->{links}) {
            _warn("Can't stat $top: $!\n");
            next TOP;
        }
        my $full;
        if ($opt->{links}) {
            lstat $path;
            if (!defined $nlink and !-l _) { _warn("Can't stat $top: $!\n"); next TOP }
            $full = _resolve($opt, $path, $opt->{cwd});
            if (!defined $full) {
                # A dangling link given by name.
                _dangling($opt, $path, '');
                next TOP;
            }
            next TOP if _seen($opt, _from_start($opt, $path), $full);
        }
        else { lstat $path }
        if (defined $full ? -d $full : -d _) {
            _walk($opt, $path, $full);
        }
        else { _single($opt, $path, $full) }
    }
    if (!$opt->{no_chdir} and defined $start) {
        chdir $start or die "Can't cd to $start: $!\n" if @tops;
    }
    return;
}

sub _untainted {
    my ($opt, $path) = @_;
    return $path unless $opt->{untaint} and ${^TAINT};
    my $pattern = $opt->{untaint_pattern} || $untaint_pattern;
    return $1 if $path =~ /$pattern/;
    return undef if $opt->{untaint_skip};
    die "directory $path is still tainted";
}

# A top that is a file.
sub _single {
    my ($opt, $path, $full) = @_;
    ($dir, my $leaf) = $path =~ m{^(.*/)(.*)\z}s ? ($1, $2) : ('./', $path);
    $dir = './' unless length $dir;
    $fullname = $full if $opt->{links};
    $name = $path;
    $_ = $opt->{no_chdir} ? $path : $leaf;
    if (!$opt->{no_chdir}) {
        my $to = _untainted($opt, $dir);
        if (!defined $to or !chdir $to) {
            _warn("Can't cd to $dir: $!\n");
            return;
        }
    }
    lstat $_ if $opt->{links};
    { $opt->{wanted}->() }    # protected against a stray `next`
    return;
}

# A directory: itself, then its entries. An explicit stack, since trees may be deep.
sub _walk {
    my ($opt, $top, $full) = @_;
    my $chdir = !$opt->{no_chdir};
    my $bydepth = $opt->{bydepth};
    my $at_root = $top eq '/';

    $dir = $top =~ m{^/+\z} ? '/' : $top;
    $name = $top;
    $prune = 0;
    $fullname = $full if $opt->{links};
    if (!$bydepth) {
        # The top itself is looked at from inside, as ".".
        if ($chdir) { _enter($opt, $opt->{links} ? $full : $top) or return }
        $_ = $chdir ? '.' : $top;
        lstat $_ if $opt->{links};
        { $opt->{wanted}->() }
        return if $prune;
    }
    elsif ($chdir) { _enter($opt, $opt->{links} ? $full : $top) or return }
    _entries($opt, $top, $full, $at_root ? '/' : "$top/");
    if ($bydepth) {
        $dir  = $top;
        $name = $top;
        $fullname = $full if $opt->{links};
        $_ = $chdir ? '.' : $top;
        if ($chdir) { _enter($opt, $opt->{links} ? $full : _from_start($opt, $top)) or return }
        lstat $_ if $opt->{links};
        { $opt->{wanted}->() }
    }
}

sub _from_start {
    my ($opt, $path) = @_;
    return $path =~ m{^/} ? $path : "$opt->{cwd}/$path";
}

sub _enter {
    my ($opt, $path) = @_;
    my $to = _untainted($opt, $path);
    if (!defined $to) {
        return 0;
    }
    return 1 if chdir $to;
    _warn("Can't cd to $path: $!\n");
    return 0;
}

# Frames of the walk: [path, prefix, full name, entries left].
sub _entries {
    my ($opt, $path, $full, $prefix) = @_;
    my $chdir = !$opt->{no_chdir};
    my @stack;
    my $open = sub {
        my ($path, $prefix, $full) = @_;
        $dir = $path;
        my $handle;
        if (!opendir $handle, $chdir ? '.' : $path) {
            _warn("Can't opendir($path): $!\n");
            return;
        }
        my @names = grep { $_ ne '.' and $_ ne '..' } readdir $handle;
        closedir $handle;
        if ($opt->{preprocess} and !$opt->{links}) {
            @names = grep { $_ ne '.' and $_ ne '..' } $opt->{preprocess}->(@names);
        }
        push @stack, { path => $path, prefix => $prefix, full => $full, names => \@names, dirs => [] };
        return 1;
    };
    $open->($path, $prefix, $full) or return;

    while (my $level = $stack[-1]) {
        if (@{ $level->{names} }) {
            my $leaf = shift @{ $level->{names} };
            my $entry = $level->{prefix} . $leaf;
            my $at    = $chdir ? $leaf : $entry;
            $dir = $level->{path};
            my $target;
            my $is_dir;
            if ($opt->{links}) {
                $target = _resolve($opt, $at, $chdir ? $level->{full} : undef);
                if (!defined $target) { _dangling($opt, $leaf, "$dir/") or next }
                elsif (_seen($opt, "$level->{full}/$leaf", $target)) { next }
                $is_dir = defined $target && -d $target;
            }
            else {
                lstat $at;
                $is_dir = -d _;
            }
            if ($is_dir) { push @{ $level->{dirs} }, [$leaf, $entry, $target] }
            else         { _report($opt, $at, $entry, $target) }
            next;
        }
        if (my $next = shift @{ $level->{dirs} }) {
            my ($leaf, $entry, $target) = @$next;
            my $at = $chdir ? $leaf : $entry;
            $dir = $level->{path};
            if (!$opt->{bydepth}) {
                $prune = 0;
                _report($opt, $at, $entry, $target);
                next if $prune;
            }
            if ($chdir) {
                my $to = _untainted($opt, $opt->{links} ? $target : $leaf);
                next unless defined $to;
                if (!chdir $to) {
                    # The name may mislead: follow no link out of the tree by accident.
                    _warn("Can't cd to ($level->{path}/) $leaf: $!\n");
                    _report($opt, $at, $entry, $target) if $opt->{bydepth};
                    next;
                }
            }
            $level->{inside} = [$at, $entry, $target];
            if (!$open->($entry, "$entry/", $target)) { _leave($opt, \@stack, $level) }
            next;
        }
        # This directory is done.
        pop @stack;
        $dir = $level->{path};
        $opt->{postprocess}->() if $opt->{postprocess} and !$opt->{links};
        _leave($opt, \@stack, $stack[-1]) if @stack;
    }
}

# Back in the parent; with bydepth, the directory just left is reported now.
sub _leave {
    my ($opt, $stack, $level) = @_;
    if (!$opt->{no_chdir}) {
        my $to = $opt->{links} ? $level->{full} : '..';
        $to = _untainted($opt, $to) if $opt->{links};
        if (!chdir $to) { die "Can't cd to $level->{path}: $!\n" }
    }
    my $inside = delete $level->{inside} or return;
    return unless $opt->{bydepth};
    $dir = $level->{path};
    _report($opt, @$inside);
}

sub _report {
    my ($opt, $at, $entry, $target) = @_;
    $name = $entry;
    $fullname = $target if $opt->{links};
    $_ = $at;
    lstat $at if $opt->{links};
    { $opt->{wanted}->() }
}

# Links -------------------------------------------------------------------------------------------

# The absolute path behind a name with all links followed; undef if it leads nowhere.
sub _resolve {
    my ($opt, $path, $base) = @_;
    return undef unless -e $path;
    $path = "$base/$path" if defined $base and $path !~ m{^/};
    $path = "$opt->{cwd}/$path" if $path !~ m{^/};
    return Cwd::abs_path($path);
}

sub _dangling {
    my ($opt, $link, $in) = @_;
    my $what = $opt->{dangling_symlinks} or return 1;
    if (ref $what) { $what->($link, $in) }
    else { _warn("$in$link is a dangling symbolic link\n") }
    return 1;
}

# True if the entry, or the directory its link leads to, was met before and is to be left out now.
sub _seen {
    my ($opt, $entry, $target) = @_;
    my ($dev, $ino) = lstat $entry;
    return 0 unless defined $ino;
    my $is_link = -l _;
    my $skip    = $opt->{follow_skip};
    # follow_fast keeps only what links lead to, which is enough against cycles.
    if ($opt->{follow} and $opt->{seen}{"$dev,$ino"}++) {
        die "$entry encountered a second time" if $skip < 1 or $skip < 2 and $is_link || -d _;
        return 1;
    }
    if ($is_link) {
        ($dev, $ino) = stat $target;
        if ((-d _ or $skip < 1) and $opt->{seen}{"$dev,$ino"}++) {
            die -d _ ? "$entry is a recursive symbolic link" : "$entry encountered a second time" if $skip < 2;
            return 1;
        }
    }
    return 0;
}

1;
