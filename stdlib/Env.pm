package Env;
# Environment variables as Perl variables (perldoc Env).

our $VERSION = '1.05';

sub import {
    my $package = caller;
    shift;
    my @names = map { /^[\$\@]/ ? $_ : "\$$_" } @_ ? @_ : grep /^[A-Za-z_]\w*\z/, keys %ENV;
    for my $name (@names) {
        my ($sigil, $variable) = $name =~ /^([\$\@])(\w+)\z/ or next;
        if ($sigil eq '$') {
            tie my $scalar, 'Env', $variable;
            *{"${package}::$variable"} = \$scalar;
        }
        else {
            tie my @array, 'Env::Array', $variable;
            *{"${package}::$variable"} = \@array;
        }
    }
}

sub TIESCALAR { return bless \($_[1]) }
sub FETCH     { my ($self) = @_; return $ENV{$$self} }

sub STORE {
    my ($self, $value) = @_;
    if (defined $value) { $ENV{$$self} = $value } else { delete $ENV{$$self} }
}

# A list separated as PATH is.
package Env::Array;

use Config;

my $separator = $Config::Config{path_sep};

sub TIEARRAY { return bless \($_[1]) }

sub _list { my ($self) = @_; return defined $ENV{$$self} ? split(/\Q$separator\E/, $ENV{$$self}, -1) : () }
sub _keep { my $self = shift; $ENV{$$self} = join $separator, map defined $_ ? $_ : '', @_ }

sub FETCHSIZE { my ($self) = @_; my @list = $self->_list; return scalar @list }
sub STORESIZE { my ($self, $size) = @_; my @list = $self->_list; $#list = $size - 1; $self->_keep(@list) }
sub CLEAR     { my ($self) = @_; $ENV{$$self} = '' }
sub FETCH     { my ($self, $i) = @_; return ($self->_list)[$i] }

sub STORE {
    my ($self, $i, $value) = @_;
    my @list = $self->_list;
    $list[$i] = $value;
    $self->_keep(@list);
    return $value;
}

sub EXISTS { my ($self, $i) = @_; return $i < $self->FETCHSIZE }

sub DELETE {
    my ($self, $i) = @_;
    my @list = $self->_list;
    my $value = delete $list[$i];
    $self->_keep(@list);
    return $value;
}

sub PUSH    { my $self = shift; my @list = ($self->_list, @_); $self->_keep(@list); return scalar @list }
sub UNSHIFT { my $self = shift; my @list = (@_, $self->_list); $self->_keep(@list); return scalar @list }
sub POP     { my ($self) = @_; my @list = $self->_list; my $value = pop @list;   $self->_keep(@list); return $value }
sub SHIFT   { my ($self) = @_; my @list = $self->_list; my $value = shift @list; $self->_keep(@list); return $value }
sub EXTEND  { }

sub SPLICE {
    my $self   = shift;
    my @list   = $self->_list;
    my $offset = @_ ? shift : 0;
    my $length = @_ ? shift : @list;
    my @gone   = splice @list, $offset, $length, @_;
    $self->_keep(@list);
    return wantarray ? @gone : $gone[-1];
}

1;
