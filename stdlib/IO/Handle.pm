package IO::Handle;
# Method names for file handles (perldoc IO::Handle). Native: blocking clearerr error flush setbuf
# setvbuf sync ungetc untaint, and the constants SEEK_* and _IO?BF.

use 5.008_001;
use strict;
use Symbol ();
require SelectSaver;
use IO ();
require Exporter;

our $VERSION = '1.48';
our @ISA     = ('Exporter');

our @EXPORT_OK = qw(
    autoflush output_field_separator output_record_separator input_record_separator input_line_number
    format_page_number format_lines_per_page format_lines_left format_name format_top_name
    format_line_break_characters format_formfeed format_write print printf say getline getlines printflush
    flush SEEK_SET SEEK_CUR SEEK_END _IOFBF _IOLBF _IONBF
);

sub constant {
    my ($name) = @_;
    no strict 'refs';
    return $name =~ /^(?:SEEK_\w+|_IO[FLN]BF)\z/ && defined &$name ? &$name() : undef;
}

sub croak { require Carp; goto &Carp::croak }
sub carp  { require Carp; goto &Carp::carp }

# Opening and closing -----------------------------------------------------------------------------

sub new {
    my $class = ref $_[0] || $_[0] || 'IO::Handle';
    if (@_ != 1) {
        # A subclass without a new of its own may be given too much.
        croak("usage: $class->new()");
    }
    return bless Symbol::gensym(), $class;
}

sub new_from_fd {
    my $class = ref $_[0] || $_[0] || 'IO::Handle';
    @_ == 3 or croak("usage: $class->new_from_fd(FD, MODE)");
    my $io = Symbol::gensym();
    shift;
    IO::Handle::fdopen($io, @_) or return undef;
    return bless $io, $class;
}

my %mode_text = ('r' => '<', 'w' => '>', 'a' => '>>', 'r+' => '+<', 'w+' => '+>', 'a+' => '+>>');

sub _open_mode_string {
    my ($mode) = @_;
    return $mode if $mode =~ /^\+?(?:<|>>?)$/;
    (my $plain = $mode) =~ tr/b//d;
    return defined $mode_text{$plain} ? $mode_text{$plain} : croak("IO::Handle: bad open mode: $mode");
}

sub fdopen {
    @_ == 3 or croak('usage: $io->fdopen(FD, MODE)');
    my ($io, $fd, $mode) = @_;
    my $target;
    if (ref $fd and "$fd" =~ /(?:^|=)GLOB\(/) {
        $target = '&' . fileno $fd;
    }
    elsif (UNIVERSAL::isa($fd, 'GLOB')) { $target = '&' . fileno $fd }
    elsif ($fd =~ m/^\d+$/)             { $target = "&=$fd" }
    else                                { $target = "&$fd" }
    return open($io, _open_mode_string($mode) . $target) ? $io : undef;
}

sub close {
    @_ == 1 or croak('usage: $io->close()');
    return close $_[0];
}

sub DESTROY { }

# Input and output --------------------------------------------------------------------------------

sub opened {
    @_ == 1 or croak('usage: $io->opened()');
    return defined fileno $_[0];
}

sub fileno {
    @_ == 1 or croak('usage: $io->fileno()');
    return fileno $_[0];
}

sub getc {
    @_ == 1 or croak('usage: $io->getc()');
    return getc $_[0];
}

sub eof {
    @_ == 1 or croak('usage: $io->eof()');
    return eof $_[0];
}

sub print {
    @_ or croak('usage: $io->print(ARGS)');
    my $io = shift;
    return print $io @_;
}

sub printf {
    @_ >= 2 or croak('usage: $io->printf(FMT,[ARGS])');
    my $io = shift;
    return printf $io @_;
}

sub say {
    @_ or croak('usage: $io->say(ARGS)');
    my $io = shift;
    local $\ = "\n";
    return print $io @_;
}

sub truncate {
    @_ == 2 or croak('usage: $io->truncate(LEN)');
    return truncate $_[0], $_[1];
}

sub read {
    @_ == 3 || @_ == 4 or croak('usage: $io->read(BUF, LEN [, OFFSET])');
    return read $_[0], $_[1], $_[2], $_[3] || 0;
}

sub sysread {
    @_ == 3 || @_ == 4 or croak('usage: $io->sysread(BUF, LEN [, OFFSET])');
    return sysread $_[0], $_[1], $_[2], $_[3] || 0;
}

sub write {
    @_ >= 2 && @_ <= 4 or croak('usage: $io->write(BUF [, LEN [, OFFSET]])');
    local ($\, $,);
    return print { $_[0] } substr $_[1], $_[3] || 0, defined $_[2] ? $_[2] : length $_[1];
}

sub syswrite {
    @_ >= 2 && @_ <= 4 or croak('usage: $io->syswrite(BUF [, LEN [, OFFSET]])');
    return defined $_[2] ? syswrite($_[0], $_[1], $_[2], $_[3] || 0) : syswrite($_[0], $_[1]);
}

sub stat {
    @_ == 1 or croak('usage: $io->stat()');
    return stat $_[0];
}

sub fcntl {
    @_ == 3 or croak('usage: $io->fcntl( OP, VALUE );');
    return fcntl $_[0], $_[1], $_[2];
}

sub ioctl {
    @_ == 3 or croak('usage: $io->ioctl( OP, VALUE );');
    return ioctl $_[0], $_[1], $_[2];
}

# Variables that belong to a handle ---------------------------------------------------------------

sub autoflush {
    my $saver = SelectSaver->new(Symbol::qualify($_[0], scalar caller));
    my $old = $|;
    $| = @_ > 1 ? $_[1] : 1;
    return $old;
}

sub output_field_separator {
    carp('output_field_separator is not supported on a per-handle basis') if ref $_[0];
    my $old = $,;
    $, = $_[1] if @_ > 1;
    return $old;
}

sub output_record_separator {
    carp('output_record_separator is not supported on a per-handle basis') if ref $_[0];
    my $old = $\;
    $\ = $_[1] if @_ > 1;
    return $old;
}

sub input_record_separator {
    carp('input_record_separator is not supported on a per-handle basis') if ref $_[0];
    my $old = $/;
    $/ = $_[1] if @_ > 1;
    return $old;
}

sub input_line_number {
    local $.;
    () = tell Symbol::qualify($_[0], scalar caller) if ref $_[0];
    return $.;
}

sub format_page_number {
    my $saver = ref $_[0] ? SelectSaver->new(Symbol::qualify($_[0], scalar caller)) : undef;
    my $old = $%;
    $% = $_[1] if @_ > 1;
    return $old;
}

sub format_lines_per_page {
    my $saver = ref $_[0] ? SelectSaver->new(Symbol::qualify($_[0], scalar caller)) : undef;
    my $old = $=;
    $= = $_[1] if @_ > 1;
    return $old;
}

sub format_lines_left {
    my $saver = ref $_[0] ? SelectSaver->new(Symbol::qualify($_[0], scalar caller)) : undef;
    my $old = $-;
    $- = $_[1] if @_ > 1;
    return $old;
}

sub format_name {
    my $saver = ref $_[0] ? SelectSaver->new(Symbol::qualify($_[0], scalar caller)) : undef;
    my $old = $~;
    $~ = Symbol::qualify($_[1], scalar caller) if @_ > 1;
    return $old;
}

sub format_top_name {
    my $saver = ref $_[0] ? SelectSaver->new(Symbol::qualify($_[0], scalar caller)) : undef;
    my $old = $^;
    $^ = Symbol::qualify($_[1], scalar caller) if @_ > 1;
    return $old;
}

sub format_line_break_characters {
    carp('format_line_break_characters is not supported on a per-handle basis') if ref $_[0];
    my $old = $:;
    $: = $_[1] if @_ > 1;
    return $old;
}

sub format_formfeed {
    carp('format_formfeed is not supported on a per-handle basis') if ref $_[0];
    my $old = $^L;
    $^L = $_[1] if @_ > 1;
    return $old;
}

sub formline {
    my $io = shift;
    my $picture = shift;
    local $^A = $^A;
    local $\ = '';
    formline $picture, @_;
    return print $io $^A;
}

sub format_write {
    @_ < 3 || croak('usage: $io->write( [FORMAT_NAME] )');
    if (@_ == 2) {
        my ($io, $format) = @_;
        my $old = $io->format_name(Symbol::qualify($format, caller));
        CORE::write($io);
        $io->format_name($old);
        return;
    }
    return CORE::write($_[0]);
}

sub printflush {
    my $io  = shift;
    my $saver = ref $io ? SelectSaver->new(Symbol::qualify($io, scalar caller)) : undef;
    local $| = 1;
    return ref $io ? print { $io } @_ : print @_;
}

1;
