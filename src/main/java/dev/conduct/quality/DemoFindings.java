package dev.conduct.quality;

import dev.conduct.identity.DemoScript;
import java.util.List;

/// What tools found in the code of the sample company, as Checkstyle and CPD would write it.
final class DemoFindings {

    private DemoFindings() {}

    static String checkstyle(DemoScript product, int build) {
        var xml = new StringBuilder("<checkstyle version=\"10.21.0\">");
        for (var one : there(product.parts("findings"), build)) {
            xml.append("<file name=\"%s\"><error line=\"%d\" severity=\"warning\" message=\"%s\" source=\"%s\"/></file>"
                    .formatted(one.text("file"), one.number("line"), one.text("says"), one.text("rule")));
        }
        return xml.append("</checkstyle>").toString();
    }

    static String copies(DemoScript product, int build) {
        var xml = new StringBuilder("<pmd-cpd xmlns=\"https://pmd-code.org/schema/cpd-report\" pmdVersion=\"7.7.0\">");
        for (var one : there(product.parts("copies"), build)) {
            var from = one.number("line");
            var to = from + one.number("lines") - 1;
            xml.append(
                    "<duplication lines=\"%d\" tokens=\"%d\">".formatted(one.number("lines"), 8 * one.number("lines")));
            for (var file : List.of(one.text("file"), one.text("other"))) {
                xml.append("<file line=\"%d\" endline=\"%d\" path=\"%s\"/>".formatted(from, to, file));
            }
            xml.append("<codefragment>%s</codefragment></duplication>".formatted(one.text("file")));
        }
        return xml.append("</pmd-cpd>").toString();
    }

    private static List<DemoScript> there(List<DemoScript> all, int build) {
        return all.stream()
                .filter(one -> one.number("from") <= build && build < one.number("until"))
                .toList();
    }
}
