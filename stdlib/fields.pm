package fields;
# Fields of a class fixed at compile time; objects are restricted hashes (perldoc fields).

use strict;
no strict 'refs';
BEGIN { require base }

our $VERSION = '2.24';

*PUBLIC    = \&base::PUBLIC;
*PRIVATE   = \&base::PRIVATE;
*INHERITED = \&base::INHERITED;
*PROTECTED = \&base::PROTECTED;

our %attr;
*attr = \%base::attr_of;

sub import {
    my $class = shift;
    return unless @_;
    my $package = caller;
    my $fields  = base::get_fields($package);
    my $attr    = base::get_attr($package);
    my $next    = $#$attr < 1 ? 1 : @$attr;
    # A file loaded again says the same once more: start where it started.
    my $first = $fields->{ $_[0] };
    $next = $first if $first and $first >= ($attr->[0] || 1);
    for my $name (@_) {
        my $place = $fields->{$name};
        if ($place and $place >= ($attr->[0] || 1) and $place != $next) {
            require Carp;
            Carp::croak("Field name '$name' already in use");
        }
        if ($place and $place < ($attr->[0] || 1) and $^W) {
            require Carp;
            Carp::carp("Hides field '$name' in base class");
        }
        $fields->{$name} = $next;
        $attr->[$next] = $name =~ /^_/ ? base::PRIVATE() : base::PUBLIC();
        $next++;
    }
}

sub inherit { base::inherit_fields(@_) }

sub _dump {
    for my $class (sort keys %base::attr_of) {
        print "\n$class";
        print ' (', join(', ', @{"${class}::ISA"}), ')' if @{"${class}::ISA"};
        print "\n";
        my $fields = \%{"${class}::FIELDS"};
        for my $name (sort { $fields->{$a} <=> $fields->{$b} } keys %$fields) {
            my $place = $fields->{$name};
            printf "   %3d: %-20s", $place, $name;
            my $kind = $base::attr_of{$class}[$place];
            print "\t(", join('|',
                $kind & base::PUBLIC()    ? 'public'    : (),
                $kind & base::PRIVATE()   ? 'private'   : (),
                $kind & base::INHERITED() ? 'inherited' : ()), ')';
            print "\n";
        }
    }
}

sub new {
    my $class = ref $_[0] || $_[0];
    require Hash::Util;
    my $self = bless {}, $class;
    # The class and its parents may not have had a chance to make their lists yet.
    Hash::Util::lock_ref_keys($self, _accessible_keys($class));
    return $self;
}

sub _accessible_keys {
    my ($class) = @_;
    return keys %{"${class}::FIELDS"}, map _accessible_keys($_), @{"${class}::ISA"};
}

sub phash {
    require Carp;
    Carp::croak('Pseudo-hashes have been removed from Perl');
}

1;
