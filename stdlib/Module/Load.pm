package Module::Load;
# Modules and files loaded at run time (perldoc Module::Load).

use strict;
use warnings;

our $VERSION = '0.36';

sub import {
    my $class  = shift;
    my $target = caller;
    my %ask = map +($_ => 1), @_;
    my @names = !@_ || $ask{''} ? ('load') : $ask{':all'} || $ask{all} ? qw(load autoload load_remote autoload_remote) : @_;
    @names = 'load' if @_ == 0;
    no strict 'refs';
    *{"${target}::$_"} = \&$_ for grep defined &$_, @names;
}

sub load (*;@)     { my $target = caller; _load($target, @_) }
sub autoload (*;@) { my $target = caller; _load_and_import($target, @_) }
sub load_remote ($$;@)     { my ($target, @rest) = @_; _load($target, @rest) }
sub autoload_remote ($$;@) { my ($target, @rest) = @_; _load_and_import($target, @rest) }

sub _require {
    my ($module) = @_;
    if ($module =~ /^[\w:']+$/ and $module !~ /^\d/ and !($module =~ /^'/) and $module !~ /^:/) {
        (my $file = $module) =~ s{::|'}{/}g;
        my $error;
        return if eval { require "$file.pm"; 1 };
        $error = $@;
        # A plain word may be a file after all.
        return if $module !~ /::|'/ and eval { require $module; 1 };
        die $error;
    }
    $module =~ s/^'//;
    require $module;
}

sub _load {
    my ($target, $module, @args) = @_;
    return unless defined $module && length $module;
    _require($module);
    _import($target, $module, @args) if @args;
    return;
}

sub _load_and_import {
    my ($target, $module, @args) = @_;
    return unless defined $module && length $module;
    _require($module);
    _import($target, $module, @args);
    return;
}

# As if `use` stood in the caller's package.
sub _import {
    my ($target, $module, @args) = @_;
    my $import = $module->can('import') or return;
    eval "package $target; \$import->(\$module, \@args); 1" or die $@;
}

1;
