package File::Temp;
# Temporary files and directories, made so that nobody else can get in between (perldoc File::Temp).

use 5.006;
use strict;
use Errno ();
use Fcntl ();
use File::Spec 0.8;
use IO::Handle ();
use IO::Seekable ();
use Scalar::Util ();
use Symbol ();
require Exporter;
use overload
    '""'     => sub { $_[0]->STRINGIFY },
    '0+'     => sub { $_[0]->NUMIFY },
    fallback => 1;

our $VERSION = '0.2311';
our $DEBUG   = 0;
our $KEEP_ALL = 0;
our @ISA     = qw(IO::Handle IO::Seekable Exporter);
our @EXPORT;
our @EXPORT_OK   = qw(tempfile tempdir tmpnam tmpfile mktemp mkstemp mkstemps mkdtemp unlink0 cleanup
    SEEK_SET SEEK_CUR SEEK_END);
our %EXPORT_TAGS = (
    POSIX    => [qw(tmpnam tmpfile)],
    mktemp   => [qw(mktemp mkstemp mkstemps mkdtemp)],
    seekable => [qw(SEEK_SET SEEK_CUR SEEK_END)],
);
Exporter::export_tags('POSIX', 'mktemp', 'seekable');

sub SEEK_SET () { 0 }
sub SEEK_CUR () { 1 }
sub SEEK_END () { 2 }

use constant MAX_TRIES => 1000;
use constant MINX      => 4;
use constant TEMPXXX   => 'X' x 10;
use constant STANDARD  => 0;
use constant MEDIUM    => 1;
use constant HIGH      => 2;

my @letters = ('A' .. 'Z', 'a' .. 'z', 0 .. 9, '_');
my $level   = STANDARD;
my $top_uid = 10;

sub _croak { require Carp; goto &Carp::croak }
sub _carp  { require Carp; goto &Carp::carp }

# Making ------------------------------------------------------------------------------------------

sub _flags {
    my ($exclusive) = @_;
    my $flags = Fcntl::O_CREAT() | Fcntl::O_EXCL() | Fcntl::O_RDWR() | Fcntl::O_NOFOLLOW();
    $flags |= Fcntl::O_EXLOCK() if $exclusive and defined &Fcntl::O_EXLOCK;
    return $flags;
}

sub _fill {
    my ($path, $suffix_length) = @_;
    my $tail = $suffix_length ? substr $path, -$suffix_length, $suffix_length, '' : '';
    $path =~ s/X(?=X*\z)/$letters[int rand @letters]/ge;
    return $path . $tail;
}

# (ok, handle, path) or (0, why)
sub _gettemp {
    my ($template, %opt) = @_;
    my $suffix = $opt{suffixlen} || 0;
    my $stem = $suffix ? substr $template, 0, -$suffix : $template;
    if ($stem !~ /X{@{[MINX]}}\z/) {
        return (0, "The template must end with at least " . MINX . " 'X' characters\n");
    }
    my ($volume, $dirs) = File::Spec->splitpath($template);
    my $parent = File::Spec->catpath($volume, $dirs, '');
    $parent = File::Spec->curdir unless length $parent;
    return (0, "Parent directory ($parent) does not exist") unless -e $parent;
    return (0, "Parent directory ($parent) is not a directory") unless -d $parent;
    if ($opt{mkdir} || $opt{open}) {
        return (0, "Parent directory ($parent) is not writable\n") unless -w $parent;
    }
    if ($level >= MEDIUM) {
        my ($safe, $why) = _is_safe($parent);
        return (0, "Parent directory ($parent) is not safe: $why") unless $safe;
    }

    for my $try (1 .. MAX_TRIES) {
        my $path = _fill($template, $suffix);
        if ($opt{open}) {
            my $handle = $opt{handle} || Symbol::gensym();
            local $^F = 2;    # not inherited by programs that are exec'd
            my $old = umask;
            umask 066 unless defined $opt{mode};
            my $ok = sysopen $handle, $path, _flags($opt{exclusive}), defined $opt{mode} ? $opt{mode} : 0600;
            my $errno = $!;
            umask $old;
            if ($ok) {
                return (1, $handle, $path);
            }
            $! = $errno;
            return (0, "Error in sysopen: could not create temp file $path: $!") unless $!{EEXIST};
        }
        elsif ($opt{mkdir}) {
            return (1, undef, $path) if mkdir $path, 0700;
            return (0, "Could not create directory $path: $!") unless $!{EEXIST};
        }
        else { return (1, undef, $path) unless -e $path or -l $path }
    }
    return (0, "Have exceeded the maximum number of attempts (" . MAX_TRIES . ') to open temp file/dir');
}

# Is the directory ours or root's, and closed to others (or sticky)?
sub _is_safe {
    my ($path) = @_;
    my @info = stat $path or return (0, 'stat(path) returned no values');
    if ($info[4] > $top_uid && $info[4] != $>) {
        return (0, 'Directory owned neither by root nor the current user');
    }
    if ($info[2] & 022) {
        return (0, 'Path is not a directory') unless -d $path;
        return (0, 'Sticky bit not set on dir when dir is world|group writable') unless -k $path;
    }
    return 1;
}

sub safe_level {
    my $self = shift;
    if (@_) {
        my $new = shift;
        if ($new != STANDARD and $new != MEDIUM and $new != HIGH) {
            _carp("safe_level: Specified level ($new) not STANDARD, MEDIUM or HIGH - ignoring\n");
        }
        else { $level = $new }
    }
    return $level;
}

sub top_system_uid {
    my $self = shift;
    if (@_) {
        my $new = shift;
        _croak('top_system_uid: UIDs should be numeric') unless $new =~ /^\d+\z/;
        $top_uid = $new;
    }
    return $top_uid;
}

# Functions ---------------------------------------------------------------------------------------

# (template, options) out of an argument list whose template comes first, if it comes.
sub _parse_args {
    my $leading = scalar(@_) % 2 == 1 ? shift : '';
    my %args = @_;
    %args = map +(uc $_ => $args{$_}), keys %args;
    my @template = exists $args{TEMPLATE} ? delete $args{TEMPLATE} : $leading ? $leading : ();
    return (\@template, \%args);
}

sub _complete {
    my ($maybe, $opt) = @_;
    my $template = @$maybe ? $maybe->[0] : undef;
    if (defined $template) {
        if (defined $opt->{DIR})    { return File::Spec->catfile($opt->{DIR}, $template) }
        if ($opt->{TMPDIR})         { return File::Spec->catfile(_tmpdir(), $template) }
        return $template;
    }
    return File::Spec->catfile(defined $opt->{DIR} ? $opt->{DIR} : _tmpdir(), TEMPXXX);
}

sub _tmpdir { return File::Spec->tmpdir }

sub tempfile {
    if (@_ and defined $_[0] and !ref $_[0] and $_[0] eq 'File::Temp') {
        _croak("'tempfile' can't be called as a method");
    }
    my %opt = (DIR => undef, SUFFIX => '', UNLINK => 0, OPEN => 1, TMPDIR => 0, EXLOCK => 0, PERMS => undef);
    my ($maybe, $args) = _parse_args(@_);
    %opt = (%opt, %$args);
    if (!$opt{OPEN}) {
        _carp("tempfile(): temporary filename requested but not opened.\nPossibly unsafe, consider using tempfile() with OPEN set to true\n") if $^W;
    }
    my $template = _complete($maybe, \%opt) . $opt{SUFFIX};
    # A file nobody knows the name of is not to stay.
    my $anonymous = !wantarray;
    my ($ok, $handle, $path) = _gettemp($template, open => $opt{OPEN}, suffixlen => length $opt{SUFFIX},
        exclusive => $opt{EXLOCK}, mode => $opt{PERMS});
    _croak("Error in tempfile() using template $template: $handle") unless $ok;
    _register($handle, $path, 0) if $opt{UNLINK} && $opt{OPEN} && !$anonymous;
    if (wantarray) { return $opt{OPEN} ? ($handle, $path) : (undef, $path) }
    unlink0($handle, $path) or _croak("Error unlinking file $path using unlink0");
    return $handle;
}

sub tempdir {
    if (@_ and defined $_[0] and !ref $_[0] and $_[0] eq 'File::Temp') {
        _croak("'tempdir' can't be called as a method");
    }
    my %opt = (CLEANUP => 0, DIR => '', TMPDIR => 0);
    my ($maybe, $args) = _parse_args(@_);
    %opt = (%opt, %$args);
    my $template = @$maybe ? $maybe->[0] : undef;
    if (defined $template) {
        if ($opt{TMPDIR} || $opt{DIR}) {
            # Its own directories make no sense below another.
            my (undef, undef, $leaf) = File::Spec->splitpath($template);
            $template = File::Spec->catdir($opt{DIR} || _tmpdir(), $leaf);
        }
    }
    else { $template = File::Spec->catdir($opt{DIR} || _tmpdir(), TEMPXXX) }
    my ($ok, $why, $path) = _gettemp($template, mkdir => 1);
    _croak("Error in tempdir() using $template: $why") unless $ok;
    _register(undef, $path, 1) if $opt{CLEANUP} && -d $path;
    return $path;
}

sub mkstemp {
    _croak("Usage: mkstemp(template)") if @_ != 1;
    my ($template) = @_;
    my ($ok, $handle, $path) = _gettemp($template, open => 1);
    _croak("Error in mkstemp using $template: $handle") unless $ok;
    return wantarray ? ($handle, $path) : $handle;
}

sub mkstemps {
    _croak("Usage: mkstemps(template, suffix)") if @_ != 2;
    my ($template, $suffix) = @_;
    $template .= $suffix;
    my ($ok, $handle, $path) = _gettemp($template, open => 1, suffixlen => length $suffix);
    _croak("Error in mkstemps using $template: $handle") unless $ok;
    return wantarray ? ($handle, $path) : $handle;
}

sub mkdtemp {
    _croak("Usage: mkdtemp(template)") if @_ != 1;
    my ($template) = @_;
    my ($ok, $why, $path) = _gettemp($template, mkdir => 1);
    _croak("Error creating temp directory from template $template\: $why") unless $ok;
    return $path;
}

sub mktemp {
    _croak("Usage: mktemp(template)") if @_ != 1;
    my ($template) = @_;
    my ($ok, $why, $path) = _gettemp($template);
    _croak("Error getting name of temp file from template $template: $why") unless $ok;
    return $path;
}

sub tmpnam {
    my $template = File::Spec->catfile(_tmpdir(), TEMPXXX);
    return wantarray ? mkstemp($template) : mktemp($template);
}

sub tmpfile {
    my ($handle, $path) = tmpnam();
    unlink0($handle, $path) or return undef;
    return $handle;
}

sub tempnam {
    _croak('Usage tempnam(dir, prefix)') unless @_ == 2;
    my ($dir, $prefix) = @_;
    return mktemp(File::Spec->catfile($dir, $prefix . 'XXXXXXXX'));
}

# Removing ----------------------------------------------------------------------------------------

my (%files, %dirs);    # by process: a child removes only what it made

sub _register {
    my ($handle, $path, $is_dir) = @_;
    if ($is_dir) {
        # chdir must not make the name mean something else.
        $path = File::Spec->rel2abs($path);
        push @{ $dirs{$$} }, $path;
    }
    else { push @{ $files{$$} }, [$handle, $path] }
}

sub cleanup {
    my $here = File::Spec->curdir;
    return if $KEEP_ALL;
    my @files = exists $files{$$} ? @{ delete $files{$$} } : ();
    for my $entry (@files) {
        my ($handle, $path) = @$entry;
        close $handle if defined $handle;
        next unless -f $path;
        _force_writable($path);
        unlink $path or warn "Error removing $path";
    }
    my @dirs = exists $dirs{$$} ? @{ delete $dirs{$$} } : ();
    my ($cwd, $to_remove);
    for my $dir (@dirs) {
        next unless -d $dir;
        if (!defined $cwd) { require Cwd; $cwd = Cwd::abs_path($here) }
        my $absolute = Cwd::abs_path($dir);
        # One cannot remove the directory one is in.
        if (defined $cwd and defined $absolute and "$cwd/" =~ m{^\Q$absolute\E/}) {
            $to_remove = $dir;
            next;
        }
        _rmtree($dir);
    }
    if (defined $to_remove) {
        if (chdir File::Spec->updir and chdir File::Spec->rootdir) { _rmtree($to_remove) }
        chdir $cwd;
    }
}

sub _rmtree {
    my ($dir) = @_;
    require File::Path;
    eval { File::Path::rmtree($dir, $DEBUG, 0); 1 } or do {
        warn $@ if $@ && $^W;
    };
}

sub _force_writable { chmod 0600, $_[0] }

END { local ($., $@, $!, $^E, $?); cleanup() }

sub cmpstat {
    _croak('Usage: cmpstat(filehandle, filename)') unless @_ == 2;
    my ($handle, $path) = @_;
    my @open = stat $handle or return;
    if ($open[3] > 1 && $^W) {
        _carp("unlink0: fstat found too many links; SB=@open");
    }
    my @named = lstat $path or return;
    if (!-f $path) { _croak("panic: $path is no longer a file: SB=@open") }
    # Times and sizes may lag behind; identity may not.
    for my $i (0 .. 5) {
        return 0 unless $open[$i] eq $named[$i];
    }
    return 1;
}

sub unlink0 {
    _croak('Usage: unlink0(filehandle, filename)') unless @_ == 2;
    my ($handle, $path) = @_;
    cmpstat($handle, $path) or return 0;
    return 1 if $KEEP_ALL;
    _croak("unlink0: $path has become a directory!") if -d $path;
    unlink $path or return 0;
    my @after = stat $handle;
    return $after[3] == 0 ? 1 : 0;
}

sub unlink1 {
    _croak('Usage: unlink1(filehandle, filename)') unless @_ == 2;
    my ($handle, $path) = @_;
    cmpstat($handle, $path) or return 0;
    close $handle or return 0;
    _force_writable($path);
    return 1 if $KEEP_ALL;
    return unlink $path;
}

# Objects -----------------------------------------------------------------------------------------

sub new {
    my $proto = shift;
    my $class = ref $proto || $proto;
    my ($maybe, $args) = _parse_args(@_);
    my $unlink = exists $args->{UNLINK} ? delete $args->{UNLINK} : 1;
    delete $args->{OPEN};
    my ($handle, $path) = do {
        # Errors are the fault of whoever called new.
        local $Carp::CarpLevel = ($Carp::CarpLevel || 0) + 1;
        tempfile(@$maybe, %$args);
    };
    print "Tmp: $handle - $path\n" if $DEBUG;
    my $self = bless $handle, $class;
    ${*$handle} = $path;
    %{*$handle} = (UNLINK => $unlink, PID => $$, PATH => File::Spec->rel2abs($path));
    return $self;
}

sub newdir {
    my $self = shift;
    my ($maybe, $args) = _parse_args(@_);
    my $cleanup = exists $args->{CLEANUP} ? delete $args->{CLEANUP} : 1;
    delete $args->{CLEANUP};
    my $dir = tempdir(@$maybe, %$args);
    # The absolute name serves removal; the given one is shown.
    return bless { DIRNAME => $dir, REALNAME => File::Spec->rel2abs($dir), CLEANUP => $cleanup, LAUNCHPID => $$ },
        'File::Temp::Dir';
}

sub filename { my ($self) = @_; return ${*$self} }

sub STRINGIFY { my ($self) = @_; return $self->filename }
sub NUMIFY    { return Scalar::Util::refaddr($_[0]) }

sub unlink_on_destroy {
    my $self = shift;
    ${*$self}{UNLINK} = shift if @_;
    return ${*$self}{UNLINK};
}

sub DESTROY {
    local ($., $@, $!, $^E, $?);
    my ($self) = @_;
    my $info = \%{*$self};
    return unless $info->{UNLINK} and !$KEEP_ALL;
    # A child's copy does not own the file.
    return unless $info->{PID} == $$;
    print "# --------->   Unlinking $self\n" if $DEBUG;
    my $path = $self->filename;
    # Only if the name still leads to this file.
    _force_writable($path);
    unlink1($self, $path) or unlink $info->{PATH};
}

package File::Temp::Dir;

use strict;
use overload '""' => sub { $_[0]->STRINGIFY }, '0+' => sub { File::Temp::NUMIFY($_[0]) }, fallback => 1;

our $VERSION = '0.2311';

sub dirname   { my ($self) = @_; return $self->{DIRNAME} }
sub STRINGIFY { my ($self) = @_; return $self->{DIRNAME} }

sub unlink_on_destroy {
    my $self = shift;
    $self->{CLEANUP} = shift if @_;
    return $self->{CLEANUP};
}

sub DESTROY {
    my ($self) = @_;
    local ($., $@, $!, $^E, $?);
    return unless $self->unlink_on_destroy and $$ == $self->{LAUNCHPID} and !$File::Temp::KEEP_ALL;
    return unless -d $self->{REALNAME};
    File::Temp::_rmtree($self->{REALNAME});
}

1;
