package dev.conduct.replies;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What somebody wrote in an answer, without the letter it answers and without a signature. A quotation with words of
/// their own below it stays.
final class OwnPart {

    private static final Pattern SIGNATURE = Pattern.compile("--\\s?");
    private static final Pattern FORWARDED = Pattern.compile(
            "(?i)\\s*-{3,}\\s*(original message|forwarded message|ursprüngliche nachricht)\\s*-{3,}\\s*");
    /// How mail programs introduce a quotation, in whatever language: with a year or a time, and a colon at the end.
    private static final Pattern INTRODUCED = Pattern.compile(".*(\\b20\\d\\d\\b|\\b\\d{1,2}[:.]\\d{2}\\b).*:\\s*");
    /// A longer line introduces nothing, and is not searched for how it might.
    private static final int LONGEST_INTRODUCTION = 400;
    /// Where a program copies the head of the letter instead.
    private static final Pattern HEAD = Pattern.compile("\\*?\\p{L}[\\p{L} -]{0,20}:\\*?( .*)?");

    private OwnPart() {}

    static String of(String text) {
        var kept = new ArrayList<String>();
        var letterBelow = false;
        for (var line : text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1)) {
            letterBelow = line.contains(ReplyAddresses.MARK)
                    || FORWARDED.matcher(line).matches();
            if (letterBelow || SIGNATURE.matcher(line).matches()) {
                break;
            }
            kept.add(line.stripTrailing());
        }
        if (quotationCut(kept) || letterBelow) {
            introductionCut(kept);
        }
        return String.join("\n", kept).strip();
    }

    private static boolean quotationCut(List<String> lines) {
        var cut = false;
        while (!lines.isEmpty() && (lines.getLast().isBlank() || lines.getLast().startsWith(">"))) {
            cut |= lines.removeLast().startsWith(">");
        }
        return cut;
    }

    private static void introductionCut(List<String> lines) {
        for (var many = 1; many <= Math.min(2, lines.size()); many++) {
            var introduction = lines.subList(lines.size() - many, lines.size());
            var line = String.join(" ", introduction);
            if (line.length() <= LONGEST_INTRODUCTION
                    && INTRODUCED.matcher(line).matches()) {
                introduction.clear();
                return;
            }
        }
        var head = lines.size();
        while (head > 0 && HEAD.matcher(lines.get(head - 1)).matches()) {
            head--;
        }
        if (lines.size() - head >= 3) {
            lines.subList(head, lines.size()).clear();
        }
    }
}
