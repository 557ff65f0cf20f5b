package if;
# Loads a module only when a condition holds (perldoc if).

our $VERSION = '0.0610';

sub _work {
    my $method = shift;
    my $name   = $method eq 'import' ? 'use if' : 'no if';
    die "Too few arguments to '$name' (some code returning an empty list in list context?)" unless @_ >= 2;
    return unless shift;
    my $package = $_[0];
    (my $file = "$package.pm") =~ s{::}{/}g;
    require $file;
    my $code = $package->can($method) or return;
    goto &$code;
}

sub import   { shift; unshift @_, 'import';   goto &_work }
sub unimport { shift; unshift @_, 'unimport'; goto &_work }

1;
