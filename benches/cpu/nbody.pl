# The n-body simulation.
use strict;
use warnings;
use constant { PI => 4 * atan2(1, 1), DAYS => 365.24 };
use constant SOLAR => 4 * PI * PI;
my @xs = (0, 4.84143144246472090,   8.34336671824457987,   12.8943695621391310,   15.3796971148509165);
my @ys = (0, -1.16032004402742839,  4.12479856412430479,   -15.1111514016986312,  -25.9193146099879641);
my @zs = (0, -0.103622044471123109, -0.403523417114321381, -0.223307578892655734, 0.179258772950371181);
my @vx = (
    0,
    0.00166007664274403694 * DAYS,
    -0.00276742510726411140 * DAYS,
    0.00296460137564761618 * DAYS,
    0.00268067772490389322 * DAYS);
my @vy = (
    0,
    0.00769901118419740425 * DAYS,
    0.00499852801234917238 * DAYS,
    0.00237847173959480950 * DAYS,
    0.00162824170038242295 * DAYS);
my @vz = (
    0,
    -0.0000690460016972063023 * DAYS,
    0.0000230417297573763929 * DAYS,
    -0.0000296589568540237556 * DAYS,
    -0.0000951592254519715870 * DAYS);
my @mass = (
    SOLAR,
    0.000954791938424326609 * SOLAR,
    0.000285885980666130812 * SOLAR,
    0.0000436624404335156298 * SOLAR,
    0.0000515138902046611451 * SOLAR);
sub energy {
    my $e = 0;
    for my $i (0 .. 4) {
        $e += 0.5 * $mass[$i] * ($vx[$i]**2 + $vy[$i]**2 + $vz[$i]**2);
        for my $j ($i + 1 .. 4) {
            my ($dx, $dy, $dz) = ($xs[$i] - $xs[$j], $ys[$i] - $ys[$j], $zs[$i] - $zs[$j]);
            $e -= $mass[$i] * $mass[$j] / sqrt($dx * $dx + $dy * $dy + $dz * $dz);
        }
    }
    return $e;
}
sub advance {
    my $dt = shift;
    for my $i (0 .. 4) {
        for my $j ($i + 1 .. 4) {
            my $dx  = $xs[$i] - $xs[$j];
            my $dy  = $ys[$i] - $ys[$j];
            my $dz  = $zs[$i] - $zs[$j];
            my $d2  = $dx * $dx + $dy * $dy + $dz * $dz;
            my $mag = $dt / ($d2 * sqrt $d2);
            my ($mi, $mj) = ($mass[$i] * $mag, $mass[$j] * $mag);
            $vx[$i] -= $dx * $mj;
            $vy[$i] -= $dy * $mj;
            $vz[$i] -= $dz * $mj;
            $vx[$j] += $dx * $mi;
            $vy[$j] += $dy * $mi;
            $vz[$j] += $dz * $mi;
        }
    }
    for my $i (0 .. 4) { $xs[$i] += $dt * $vx[$i]; $ys[$i] += $dt * $vy[$i]; $zs[$i] += $dt * $vz[$i] }
}
my ($px, $py, $pz) = (0, 0, 0);
for (0 .. 4) { $px += $vx[$_] * $mass[$_]; $py += $vy[$_] * $mass[$_]; $pz += $vz[$_] * $mass[$_] }
($vx[0], $vy[0], $vz[0]) = (-$px / SOLAR, -$py / SOLAR, -$pz / SOLAR);
printf "%.9f\n", energy();
advance(0.01) for 1 .. 50_000;
printf "%.9f\n", energy();
