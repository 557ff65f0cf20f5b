//! Parses every file named on the command line (or on standard input, one a line) without running
//! it; prints what failed and how long it took.

use std::io::BufRead;
use std::time::Instant;

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().is_some_and(|a| a == "--dump") {
        let mut text = Vec::new();
        match args.get(1) {
            Some(code) => text.extend_from_slice(code.as_bytes()),
            None => drop(std::io::Read::read_to_end(&mut std::io::stdin(), &mut text)),
        }
        match keshi::tooling::dump_ast("-e", text) {
            Ok(tree) => print!("{tree}"),
            Err(error) => print!("{error}"),
        }
        return;
    }
    let repeat = match args.iter().position(|a| a == "--repeat") {
        Some(at) => {
            args.remove(at);
            args.remove(at).parse().unwrap_or(1)
        }
        None => 1,
    };
    if args.is_empty() {
        args.extend(std::io::stdin().lock().lines().map_while(Result::ok));
    }
    let (mut good, mut bad, mut bytes) = (0, 0, 0);
    let texts: Vec<_> = args
        .iter()
        .filter_map(|a| Some((a, std::fs::read(a).ok()?)))
        .collect();
    let mut best = f64::INFINITY;
    for round in 0..repeat {
        let start = Instant::now();
        for (name, text) in &texts {
            let begin = Instant::now();
            let result = keshi::tooling::check_syntax(name, text.clone());
            let took = begin.elapsed().as_secs_f64();
            if round > 0 {
                continue;
            }
            bytes += text.len();
            if took > 1.0 {
                println!("SLOW {name}: {took:.2} s");
            }
            match result {
                Ok(_) => good += 1,
                Err(e) => {
                    bad += 1;
                    println!("FAIL {name}: {}", e.trim_end());
                }
            }
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!(
        "{good} parsed, {bad} failed, {bytes} bytes, best of {repeat}: {:.1} ms",
        best * 1e3
    );
}
