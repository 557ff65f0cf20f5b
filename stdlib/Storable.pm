package Storable;
# Data kept in files and strings (perldoc Storable). Native: mstore net_mstore pretrieve
# mretrieve dclone last_op_in_netorder is_storing is_retrieving.

use strict;
no strict 'refs';    # handles may be given by name
require Exporter;
require XSLoader;
use Fcntl ();

our $VERSION   = '3.26';
our @ISA       = ('Exporter');
our @EXPORT    = qw(store retrieve);
our @EXPORT_OK = qw(nstore store_fd nstore_fd fd_retrieve freeze nfreeze thaw dclone retrieve_fd lock_store
    lock_nstore lock_retrieve file_magic read_magic BLESS_OK TIE_OK FLAGS_COMPAT stack_depth stack_depth_hash);

our ($canonical, $forgive_me, $Deparse, $Eval, $DEBUGME, $downgrade_restricted, $accept_future_minor, $drop_utf8);
our ($interwork_56_64bit, $recursion_limit, $recursion_limit_hash, $flags);

sub BLESS_OK ()     { 2 }
sub TIE_OK ()       { 4 }
sub FLAGS_COMPAT () { 6 }

$downgrade_restricted = 1 unless defined $downgrade_restricted;
$accept_future_minor  = 1 unless defined $accept_future_minor;
$flags = FLAGS_COMPAT     unless defined $flags;
# Depths of nesting that the stack can bear.
$recursion_limit      = 21_000 unless defined $recursion_limit;
$recursion_limit_hash = 13_000 unless defined $recursion_limit_hash;

XSLoader::load('Storable', $VERSION);

sub logcroak { require Carp; goto &Carp::croak }
sub logcarp  { require Carp; goto &Carp::carp }

# Called by the native part for a stored pattern.
sub _make_re {
    my ($pattern, $flags) = @_;
    $pattern = "" unless defined $pattern;
    my ($safe) = $flags =~ /\A([a-z]*)\z/ or return;
    my $made = eval "qr/\$pattern/$safe";
    die $@ unless defined $made;
    return $made;
}

# To files ----------------------------------------------------------------------------------------

sub pstore     { return _print(@_, 0) }
sub net_pstore { return _print(@_, 1) }

sub _print {
    my ($handle, $data, $net) = @_;
    my $bytes = 'pst0' . _encode($data, $net);
    local ($,, $\);
    return print {$handle} $bytes;
}

# Depths that the stack can bear: told for those who ask, and may be set.
sub stack_depth      { my $old = $recursion_limit;      $recursion_limit      = $_[0] if @_; return $old }
sub stack_depth_hash { my $old = $recursion_limit_hash; $recursion_limit_hash = $_[0] if @_; return $old }

sub store       { return _store(\&pstore, @_, 0) }
sub nstore      { return _store(\&net_pstore, @_, 0) }
sub lock_store  { return _store(\&pstore, @_, 1) }
sub lock_nstore { return _store(\&net_pstore, @_, 1) }

sub _store {
    my ($native, $data, $file, $lock) = @_;
    logcroak('not a reference') unless ref $data;
    logcroak('wrong argument number') unless @_ == 4;
    my $handle;
    if ($lock) {
        # Not emptied before the lock is ours.
        sysopen $handle, $file, Fcntl::O_WRONLY() | Fcntl::O_CREAT() or logcroak("can't write into $file: $!");
        flock $handle, Fcntl::LOCK_EX() or logcroak("can't get exclusive lock on $file: $!");
        truncate $handle, 0;
    }
    else { open $handle, '>', $file or logcroak("can't create $file: $!") }
    binmode $handle;
    my $ok = eval { $native->($handle, $data) };
    my $error = $@;
    if (!(close $handle and defined $ok)) {
        unlink $file or warn "Can't unlink $file: $!\n" if !defined $ok;
    }
    if ($error) { $error =~ s/\.?\n\z/,/ unless ref $error; logcroak($error) }
    return $ok;
}

sub store_fd  { return _store_fd(\&pstore, @_) }
sub nstore_fd { return _store_fd(\&net_pstore, @_) }

sub _store_fd {
    my ($native, $data, $handle) = @_;
    logcroak('not a reference') unless ref $data;
    logcroak('too many arguments') unless @_ == 3;
    logcroak('not a valid file descriptor') unless defined fileno $handle;
    my $ok = eval { $native->($handle, $data) };
    if ($@) { my $error = $@; $error =~ s/\.?\n\z/,/ unless ref $error; logcroak($error) }
    local $\ = '';
    print $handle '';    # all of it goes out
    return $ok;
}

# To strings --------------------------------------------------------------------------------------

sub freeze  { return _freeze(\&mstore, @_) }
sub nfreeze { return _freeze(\&net_mstore, @_) }

sub _freeze {
    my ($native, $data) = @_;
    logcroak('not a reference') unless ref $data;
    logcroak('too many arguments') unless @_ == 2;
    my $frozen = eval { $native->($data) };
    if ($@) { my $error = $@; $error =~ s/\.?\n\z/,/ unless ref $error; logcroak($error) }
    return $frozen ? $frozen : undef;
}

# Back --------------------------------------------------------------------------------------------

sub retrieve      { return _retrieve($_[0], 0, $_[1]) }
sub lock_retrieve { return _retrieve($_[0], 1, $_[1]) }

sub _retrieve {
    my ($file, $lock, $how) = @_;
    $how = $flags unless defined $how;
    open my $handle, '<', $file or logcroak("can't open $file: $!");
    binmode $handle;
    if ($lock) { flock $handle, Fcntl::LOCK_SH() or logcroak("can't get shared lock on $file: $!") }
    my $data = eval { pretrieve($handle, $how) };
    my $error = $@;
    close $handle;
    if ($error) { $error =~ s/\.?\n\z/,/ unless ref $error; logcroak($error) }
    return $data;
}

sub fd_retrieve {
    my ($handle, $how) = @_;
    $how = $flags unless defined $how;
    logcroak('not a valid file descriptor') unless defined fileno $handle;
    my $data = eval { pretrieve($handle, $how) };
    if ($@) { my $error = $@; $error =~ s/\.?\n\z/,/ unless ref $error; logcroak($error) }
    return $data;
}

sub retrieve_fd { return &fd_retrieve }

sub thaw {
    my ($frozen, $how) = @_;
    $how = $flags unless defined $how;
    my $data = eval { mretrieve($frozen, $how) };
    if ($@) { my $error = $@; $error =~ s/\.?\n\z/,/ unless ref $error; logcroak($error) }
    return $data;
}

# What the beginning of stored data says ----------------------------------------------------------

sub file_magic {
    my ($file) = @_;
    open my $handle, '<', $file or die "Can't open '$file': $!";
    binmode $handle;
    defined sysread $handle, my $buffer, 1024 or die "Can't read from '$file': $!";
    close $handle;
    $file = "./$file" unless $file;
    return read_magic($buffer, $file);
}

sub read_magic {
    my ($buffer, $file) = @_;
    my %info = (file => $file);
    my $used = length $buffer;
    if ($buffer =~ s/^(pst0|perl-store)//) {
        $info{file} = 1 unless defined $file;
        # The old word belonged to versions before 0.6.
        if ($1 eq 'perl-store') {
            my $v = unpack 'C', $buffer;
            return { file => $file, hdrsize => 11, version => -1, version_nv => -1 } unless defined $v && $v;
        }
    }
    else { return undef if defined $file }
    return undef unless length $buffer;
    my $byte = ord substr $buffer, 0, 1, '';
    my ($major, $net) = ($byte >> 1, $byte & 1);
    $info{major}    = $major;
    $info{netorder} = $net;
    $info{version}  = $major;
    if ($major > 1) {
        $info{minor}   = ord substr $buffer, 0, 1, '';
        $info{version} = "$major.$info{minor}";
    }
    $info{version_nv} = sprintf('%d.%03d', $major, $info{minor} || 0) + 0;
    if (!$net) {
        my $length = ord substr $buffer, 0, 1, '';
        $info{byteorder} = substr $buffer, 0, $length, '';
        ($info{intsize}, $info{longsize}, $info{ptrsize}) = unpack 'C3', substr $buffer, 0, 3, '';
        if ($major > 2 or $major == 2 && $info{minor} >= 2) { $info{nvsize} = ord substr $buffer, 0, 1, '' }
    }
    $info{hdrsize} = $used - length $buffer;
    return \%info;
}

sub BIN_VERSION_NV       { return sprintf('%d.%03d', BIN_MAJOR(), BIN_MINOR()) + 0 }
sub BIN_WRITE_VERSION_NV { return sprintf('%d.%03d', BIN_MAJOR(), BIN_WRITE_MINOR()) + 0 }

1;
