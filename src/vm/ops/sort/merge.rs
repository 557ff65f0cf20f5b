//! A stable merge sort for comparators that may do anything: run code of the program, contradict themselves, fail.
//! It takes the runs it finds and merges neighbours in nearly the best order (powersort, Munro and Wild 2018), leaping
//! over stretches of one side (Tim Peters's galloping): comparisons are what costs.

/// A run shorter than this is filled up by insertion.
const SHORT: usize = 24;
/// One side won so often in succession: it may go on winning.
const STREAK: usize = 7;

/// Sorts by `after`: does the first, which stands before the second, belong behind it? Items may be taken out while
/// they are compared; after an error some are missing. `aside` is best given room for as many.
pub(super) fn merge_sort<T: Default, E>(
    list: &mut [T],
    aside: &mut Vec<T>,
    mut after: impl FnMut(&mut T, &mut T) -> Result<bool, E>,
) -> Result<(), E> {
    let n = list.len();
    // Runs not yet merged: begin, end, and how deep the boundary to the next lies in the tree of merges.
    let mut runs: Vec<(usize, usize, u32)> = Vec::new();
    let mut begin = run(list, 0, &mut after)?;
    let mut last = (0, begin);
    while begin < n {
        let end = run(list, begin, &mut after)?;
        let power = power(n, last, end);
        while let Some((left, middle, _)) = runs.pop_if(|(.., above)| *above > power) {
            merge(&mut list[left..last.1], middle - left, aside, &mut after)?;
            last.0 = left;
        }
        runs.push((last.0, last.1, power));
        last = (begin, end);
        begin = end;
    }
    while let Some((left, middle, _)) = runs.pop() {
        merge(&mut list[left..n], middle - left, aside, &mut after)?;
    }
    Ok(())
}

/// How deep in a balanced tree of merges the boundary between `left` and the run that follows it up to `end` lies.
fn power(n: usize, left: (usize, usize), end: usize) -> u32 {
    let (mut a, mut b) = (left.0 + left.1, left.1 + end);
    let mut depth = 1;
    loop {
        if a >= n {
            a -= n;
            b -= n;
        } else if b >= n {
            return depth;
        }
        a *= 2;
        b *= 2;
        depth += 1;
    }
}

/// Makes a sorted run that begins at `from`; where it ends.
fn run<T: Default, E>(
    list: &mut [T],
    from: usize,
    after: &mut impl FnMut(&mut T, &mut T) -> Result<bool, E>,
) -> Result<usize, E> {
    let list = &mut list[from..];
    let mut end = 1;
    let mut falls = None;
    while let Some([x, y]) = list
        .get_mut(end - 1..=end)
        .and_then(|two| <&mut [T; 2]>::try_from(two).ok())
    {
        let fall = after(x, y)?;
        if *falls.get_or_insert(fall) != fall {
            break;
        }
        end += 1;
    }
    if falls == Some(true) {
        list[..end].reverse();
    }
    for i in end..SHORT.min(list.len()) {
        let (sorted, rest) = list.split_at_mut(i);
        let place = bisect(sorted, |item| after(item, &mut rest[0]))?;
        list[place..=i].rotate_right(1);
    }
    Ok(from + end.max(SHORT.min(list.len())))
}

/// Where in a sorted part `behind` begins to hold.
fn bisect<T, E>(
    sorted: &mut [T],
    mut behind: impl FnMut(&mut T) -> Result<bool, E>,
) -> Result<usize, E> {
    let (mut low, mut high) = (0, sorted.len());
    while low < high {
        let middle = low + (high - low) / 2;
        if behind(&mut sorted[middle])? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(low)
}

/// The same, looked for from the beginning in ever longer leaps.
fn leap<T, E>(
    sorted: &mut [T],
    mut behind: impl FnMut(&mut T) -> Result<bool, E>,
) -> Result<usize, E> {
    let (mut low, mut high) = (0, 1);
    while high <= sorted.len() {
        if behind(&mut sorted[high - 1])? {
            return Ok(low + bisect(&mut sorted[low..high - 1], behind)?);
        }
        low = high;
        high *= 2;
    }
    Ok(low + bisect(&mut sorted[low..], behind)?)
}

/// Merges the two runs of a part; the first ends at `middle`. `aside` holds the first meanwhile.
fn merge<T: Default, E>(
    list: &mut [T],
    middle: usize,
    aside: &mut Vec<T>,
    after: &mut impl FnMut(&mut T, &mut T) -> Result<bool, E>,
) -> Result<(), E> {
    // What stands at its place already takes no part.
    let (left, right) = list.split_at_mut(middle);
    let (Some(first), Some(last)) = (right.first_mut(), left.last_mut()) else {
        return Ok(());
    };
    if !after(last, first)? {
        return Ok(());
    }
    let begin = leap(left, |item| after(item, first))?;
    let (list, middle) = (&mut list[begin..], middle - begin);
    aside.clear();
    aside.extend(list[..middle].iter_mut().map(std::mem::take));
    // Next of the first run, next of the second, next place; those before `r` are free from `to` on.
    let (mut l, mut r, mut to) = (0, middle, 0);
    let (mut won_left, mut won_right) = (0, 0);
    while l < middle && r < list.len() {
        if won_left >= STREAK || won_right >= STREAK {
            let right = &mut list[r];
            let take = leap(&mut aside[l..], |item| after(item, right))?;
            for _ in 0..take {
                list[to] = std::mem::take(&mut aside[l]);
                (l, to) = (l + 1, to + 1);
            }
            let Some(left) = aside.get_mut(l) else { break };
            // The first of the right run has just been found to come before it.
            let give = 1 + leap(&mut list[r + 1..], |item| {
                after(left, item).map(|after| !after)
            })?;
            for _ in 0..give {
                list[to] = std::mem::take(&mut list[r]);
                (r, to) = (r + 1, to + 1);
            }
            if take < STREAK && give < STREAK {
                (won_left, won_right) = (0, 0);
            }
        } else if after(&mut aside[l], &mut list[r])? {
            list[to] = std::mem::take(&mut list[r]);
            (r, to) = (r + 1, to + 1);
            (won_left, won_right) = (0, won_right + 1);
        } else {
            list[to] = std::mem::take(&mut aside[l]);
            (l, to) = (l + 1, to + 1);
            (won_left, won_right) = (won_left + 1, 0);
        }
    }
    for item in &mut aside[l..] {
        list[to] = std::mem::take(item);
        to += 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::merge_sort;
    use std::convert::Infallible;

    /// Sorts pairs of key and place by their keys; how many comparisons it took.
    fn sort(keys: impl Iterator<Item = usize>) -> usize {
        let mut list: Vec<(usize, usize)> = keys.enumerate().map(|(i, key)| (key, i)).collect();
        let mut expected = list.clone();
        expected.sort();
        let mut asked = 0;
        merge_sort(&mut list, &mut Vec::new(), |a, b| {
            asked += 1;
            assert!(a.1 != b.1);
            Ok::<_, Infallible>(a.0 > b.0)
        })
        .unwrap_or_default();
        assert_eq!(list, expected);
        asked
    }

    #[test]
    fn is_stable_and_complete() {
        for n in [0, 1, 2, 3, 5, 23, 24, 25, 48, 49, 100, 1000, 5000] {
            for of in [1, 2, 17, 1000, 1 << 20] {
                sort((0..n).map(|i| (i * 7919 + 13) % of));
                sort((0..n).map(|i| (i * i * 31 + i) % of));
            }
        }
    }

    #[test]
    fn asks_little_where_there_is_order() {
        assert_eq!(sort(0..1000), 999);
        assert_eq!(sort((0..1000).rev()), 999);
        assert_eq!(sort((0..1000).map(|_| 7)), 999);
        assert!(sort((0..500).chain(0..500)) < 2100);
        assert!(sort((0..1000).chain(0..10)) < 1150);
        let mut x = 1_usize;
        let random = (0..10_000).map(|_| {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            x >> 40
        });
        assert!(sort(random) < 125_000, "log2(10000!) is 118458");
    }

    #[test]
    fn outlives_contradictions_and_errors() {
        let mut list: Vec<u32> = (0..500).collect();
        let mut flip = 0_u32;
        merge_sort(&mut list, &mut Vec::new(), |_, _| {
            flip = flip.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Ok::<_, Infallible>(flip >> 31 == 1)
        })
        .unwrap_or_default();
        list.sort_unstable();
        assert_eq!(list, (0..500).collect::<Vec<u32>>());
        let mut left = 100;
        let failed = merge_sort(
            &mut (0..500).rev().collect::<Vec<u32>>(),
            &mut Vec::new(),
            |a, b| {
                left -= 1;
                if left == 0 {
                    Err("no")
                } else {
                    Ok((*a ^ 85) > (*b ^ 85))
                }
            },
        );
        assert_eq!(failed, Err("no"));
    }
}
