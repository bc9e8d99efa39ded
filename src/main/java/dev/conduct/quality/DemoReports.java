package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.identity.DemoChapter;
import dev.conduct.identity.DemoScript;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/// What the builds of the sample company reported: results of tests and coverage, written as its tools would write
/// them and taken in as any others.
@Component
@ConditionalOnProperty(name = "conduct.demo", havingValue = "true")
class DemoReports implements DemoChapter {

    private final Intake intake;
    private final RunFiles files;
    private final ComponentPaths paths;

    DemoReports(Intake intake, RunFiles files, ComponentPaths paths) {
        this.intake = intake;
        this.files = files;
        this.paths = paths;
    }

    @Override
    public void plan(Scene scene) {
        var script = DemoScript.read("reports.yaml");
        for (var path : script.parts("paths")) {
            scene.at(
                    scene.end().minus(Duration.ofDays(60)),
                    () -> paths.say(
                            path.text("product"),
                            path.text("component"),
                            String.join("\n", path.texts("lines")),
                            scene.person(script.parts("products").getFirst().text("by"))));
        }
        script.parts("products").forEach(product -> plan(scene, product));
    }

    private void plan(Scene scene, DemoScript product) {
        var builds = product.parts("builds");
        for (var number = 0; number < builds.size(); number++) {
            var build = builds.get(number);
            var progress = number;
            scene.at(scene.end().minus(Duration.ofDays(build.number("days"))), () -> {
                var by = scene.person(product.text("by"));
                var results = take(product, build, results(product, build, progress), by);
                for (var left : build.parts("left")) {
                    var text = new ByteArrayInputStream(left.text("text").getBytes(StandardCharsets.UTF_8));
                    var _ = files.keep(results, left.text("name"), left.text("test"), text, by);
                }
                var _ = take(product, build, coverage(product, progress), by);
                var _ = take(product, build, DemoFindings.checkstyle(product, progress), by);
                var _ = take(product, build, DemoFindings.copies(product, progress), by);
            });
        }
    }

    private Report take(DemoScript product, DemoScript build, String report, Actor by) {
        var binding = Binding.of(product.text("product"), build.text("commit"), "main", build.text("build"), "");
        var bytes = new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8));
        return intake.take(binding, bytes, by).report();
    }

    private static String results(DemoScript product, DemoScript build, int progress) {
        var xml = new StringBuilder("<testsuites>");
        for (var suite : product.parts("suites")) {
            xml.append("<testsuite name=\"").append(suite.text("name")).append("\">");
            suite.texts("tests")
                    .forEach(test -> xml.append(result(suite.text("name"), test, product, build, progress)));
            xml.append("</testsuite>");
        }
        return xml.append("</testsuites>").toString();
    }

    private static String result(String suite, String test, DemoScript product, DemoScript build, int progress) {
        var millis = 40 + Math.floorMod(test.hashCode() + 37 * progress, 900);
        var what = build.texts("breaks").contains(test)
                ? "<failure>" + product.part("failures").text(test).strip() + "</failure>"
                : build.texts("wavers").contains(test) ? "<flakyFailure message=\"no answer in time\"/>" : "";
        return "<testcase classname=\"%s\" name=\"%s\" time=\"0.%03d\">%s</testcase>"
                .formatted(suite, test, millis, what);
    }

    /// Each build covers a little more than the one before.
    private static String coverage(DemoScript product, int progress) {
        var trace = new StringBuilder();
        for (var file : product.parts("files")) {
            var covered = file.number("covered") + progress * file.number("lines") / 80;
            trace.append("SF:").append(file.text("path")).append('\n');
            for (var line = 1; line <= file.number("lines"); line++) {
                trace.append("DA:%d,%d\n".formatted(line, hits(line, covered, file.number("lines"))));
            }
            trace.append("end_of_record\n");
        }
        return trace.toString();
    }

    /// What is not covered lies spread over the file.
    private static int hits(int line, int covered, int lines) {
        var bare = Math.max(lines - covered, 0);
        return line * bare / lines == (line - 1) * bare / lines ? 1 : 0;
    }
}
