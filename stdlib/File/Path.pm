package File::Path;
# Directory trees made and removed (perldoc File::Path).

use 5.005_04;
use strict;
use Cwd 'getcwd';
use File::Basename ();
use File::Spec ();
require Exporter;

our $VERSION   = '2.18';
our @ISA       = ('Exporter');
our @EXPORT    = qw(mkpath rmtree);
our @EXPORT_OK = qw(make_path remove_tree);

sub _carp  { require Carp; goto &Carp::carp }
sub _croak { require Carp; goto &Carp::croak }

# An option hash: a plain hash reference, not an object of some class.
sub _is_options { my ($arg) = @_; return ref $arg eq 'HASH' }

# Errors go to the caller's list if there is one, else they are warnings or the end.
sub _error {
    my ($opt, $message, $object, $fatal) = @_;
    if ($opt->{error}) {
        $object = '' unless defined $object;
        $message .= ": $!" if $!;
        push @{ ${ $opt->{error} } }, { $object => $message };
        return;
    }
    my $text = defined $object ? "$message for $object: $!" : "$message: $!";
    $fatal ? _croak($text) : _carp($text);
}

# Making ------------------------------------------------------------------------------------------

my %make_option   = map +($_ => 1), qw(mask mode owner user uid group verbose error chmod);
my %remove_option = map +($_ => 1), qw(error keep_root result safe verbose);


sub make_path {
    push @_, {} unless @_ and _is_options($_[-1]);
    goto &mkpath;
}

sub mkpath {
    my $new_style = @_ && _is_options($_[-1]);
    my ($opt, $paths);
    if ($new_style) {
        $opt   = { %{ pop @_ } };
        $paths = [@_];
        my @bad = sort grep !$make_option{$_}, keys %$opt;
        _croak("Unrecognized option(s) passed to mkpath() or make_path(): @bad") if @bad;
        $opt->{mode} = delete $opt->{mask} if exists $opt->{mask};
        $opt->{mode} = 0777 unless exists $opt->{mode};
        ${ $opt->{error} } = [] if exists $opt->{error};
        _resolve_owner($opt);
    }
    else {
        my ($verbose, $mode);
        ($paths, $verbose, $mode) = @_;
        $paths = [$paths] unless UNIVERSAL::isa($paths, 'ARRAY');
        $opt = { verbose => $verbose, mode => defined $mode ? $mode : 0777 };
    }
    return _mkpath($opt, $paths);
}

sub _resolve_owner {
    my ($opt) = @_;
    for my $alias (qw(user uid)) { $opt->{owner} = delete $opt->{$alias} if exists $opt->{$alias} }
    if (exists $opt->{owner} and $opt->{owner} =~ /\D/) {
        my $uid = (getpwnam $opt->{owner})[2];
        if (defined $uid) { $opt->{owner} = $uid }
        else {
            local $! = 0;
            _error($opt, "unable to map $opt->{owner} to a uid, ownership not changed");
            delete $opt->{owner};
        }
    }
    if (exists $opt->{group} and $opt->{group} =~ /\D/) {
        my $gid = (getgrnam $opt->{group})[2];
        if (defined $gid) { $opt->{group} = $gid }
        else {
            local $! = 0;
            _error($opt, "unable to map $opt->{group} to a gid, group ownership not changed");
            delete $opt->{group};
        }
    }
    if (exists $opt->{owner} and !exists $opt->{group}) { $opt->{group} = -1 }
    if (exists $opt->{group} and !exists $opt->{owner}) { $opt->{owner} = -1 }
}

sub _mkpath {
    my ($opt, $paths) = @_;
    my @created;
    for my $path (@$paths) {
        next unless defined $path and length $path;
        # An existing directory needs no look at its parents.
        if (-d $path) { next }
        my $parent = File::Basename::dirname($path);
        # "a/." style: nothing of its own to make.
        unless (-d $parent or $path eq $parent) { push @created, _mkpath($opt, [$parent]) }
        print "mkdir $path\n" if $opt->{verbose};
        if (mkdir $path, $opt->{mode}) {
            push @created, $path;
            if (exists $opt->{owner}) {
                if (!chown $opt->{owner}, $opt->{group}, $path) {
                    _error($opt, "Cannot change ownership of $path to $opt->{owner}:$opt->{group}");
                }
            }
            if (exists $opt->{chmod}) {
                if (!chmod $opt->{chmod}, $path) {
                    _error($opt, sprintf('Cannot change permissions of %s to %o', $path, $opt->{chmod}));
                }
            }
        }
        else {
            my $errno = $!;
            # Somebody else may have been faster.
            if (!-d $path) {
                $! = $errno;
                if ($opt->{error}) { push @{ ${ $opt->{error} } }, { $path => "$errno" } }
                else { _croak("mkdir $path: $errno") }
            }
        }
    }
    return @created;
}

# Removing ----------------------------------------------------------------------------------------

sub remove_tree {
    push @_, {} unless @_ and _is_options($_[-1]);
    goto &rmtree;
}

sub rmtree {
    my ($opt, $paths);
    if (@_ and _is_options($_[-1])) {
        $opt = { %{ pop @_ } };
        my @bad = sort grep !$remove_option{$_}, keys %$opt;
        _croak("Unrecognized option(s) passed to remove_tree(): @bad") if @bad;
        ${ $opt->{error} }  = [] if exists $opt->{error};
        ${ $opt->{result} } = [] if exists $opt->{result};
        $paths = [@_];
    }
    else {
        my ($verbose, $safe);
        ($paths, $verbose, $safe) = @_;
        $opt = { verbose => $verbose, safe => defined $safe ? $safe : 0 };
        if (defined $paths and length $paths) { $paths = [$paths] unless UNIVERSAL::isa($paths, 'ARRAY') }
        else {
            _carp('No root path(s) specified');
            return 0;
        }
    }
    my @roots = grep { defined and length } @$paths;
    if (!@roots) {
        if (!$opt->{error} and @$paths) { _carp("No root path(s) specified\n") }
        return 0;
    }
    my $here = getcwd();
    if (!defined $here) {
        _error($opt, 'cannot fetch initial working directory');
        return 0;
    }
    my ($here_dev, $here_ino) = stat '.';
    my $count = 0;
    for my $root (@roots) {
        (my $path = $root) =~ s{(.)/+\z}{$1}s;
        # Removing the ground one stands on ends badly.
        my $absolute = Cwd::abs_path($path);
        if (defined $absolute and !-l $path and ("$here/" =~ m{^\Q$absolute\E/} or $absolute eq '/')) {
            local $! = 0;
            _error($opt, "cannot remove path when cwd is $here", $path);
            next;
        }
        $count += _remove($opt, $path, 0, undef);
    }
    return $count;
}

# One entry and what is below. Names are taken from within the directory (chdir), so that nobody can
# swap a part of the path for a link meanwhile.
sub _remove {
    my ($opt, $path, $depth) = @_;
    my ($dev, $ino, $mode) = lstat $path or return 0;
    return _unlink($opt, $path) unless -d _;

    my $permissions = $mode & 07777;
    my $count = 0;
    if (!$opt->{safe} and ($permissions & 0700) != 0700) { chmod $permissions | 0700, $path }
    my @names;
    if (opendir my $handle, $path) {
        @names = grep { $_ ne '.' and $_ ne '..' } readdir $handle;
        closedir $handle;
    }
    else {
        _error($opt, 'cannot opendir', $path);
    }
    my ($now_dev, $now_ino) = lstat $path;
    if (!defined $now_ino or $now_dev != $dev or $now_ino != $ino) {
        _croak("directory $path changed before rmdir, expected dev=$dev ino=$ino, actual dev=$now_dev ino=$now_ino, aborting");
    }
    if (!$opt->{safe}) { @names = sort @names }
    $count += _remove($opt, "$path/$_", $depth + 1) for @names;
    return $count if $depth == 0 and $opt->{keep_root};

    if ($opt->{safe} and !-w $path) {
        print "skipped $path\n" if $opt->{verbose};
        return $count;
    }
    print "rmdir $path\n" if $opt->{verbose};
    if (rmdir $path) {
        push @{ ${ $opt->{result} } }, $path if $opt->{result};
        return $count + 1;
    }
    _error($opt, 'cannot remove directory', $path);
    # It stays, so its permissions must not.
    if (!$opt->{safe} and ($permissions & 0700) != 0700 and !chmod $permissions, $path) {
        _error($opt, sprintf('cannot restore permissions to 0%o', $permissions), $path);
    }
    return $count;
}

sub _unlink {
    my ($opt, $path) = @_;
    if ($opt->{safe} and !-l $path and !-w $path) {
        print "skipped $path\n" if $opt->{verbose};
        return 0;
    }
    print "unlink $path\n" if $opt->{verbose};
    if (unlink $path) {
        push @{ ${ $opt->{result} } }, $path if $opt->{result};
        return 1;
    }
    _error($opt, 'cannot unlink file', $path);
    return 0;
}

1;
