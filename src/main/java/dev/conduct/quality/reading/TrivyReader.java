package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Finding;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.Severity;
import java.io.InputStream;

/// Trivy's JSON (schema 2): vulnerabilities, failed misconfigurations and secrets.
final class TrivyReader implements KindReader {

    private static final class Entry {
        private String id = "";
        private String title = "";
        private String part = "";
        private String version = "";
        private String status = "";
        private Severity severity = Severity.MEDIUM;
        private int line;
    }

    @Override
    public void read(InputStream bytes, Receiver receiver) {
        var json = Json.of(bytes);
        json.nextDocument();
        json.members(name -> {
            if (name.equals("Results")) {
                json.elements(() -> result(json, receiver));
            }
        });
        json.finish();
    }

    private static void result(Json json, Receiver receiver) {
        var target = new String[] {""};
        json.members(name -> {
            switch (name) {
                case "Target" -> target[0] = json.text(Text.NAME);
                case "Vulnerabilities", "Secrets" ->
                    json.elements(() -> receiver.take(finding(entry(json), target[0])));
                case "Misconfigurations" ->
                    json.elements(() -> {
                        var entry = entry(json);
                        if (!entry.status.equals("PASS")) {
                            receiver.take(finding(entry, target[0]));
                        }
                    });
                default -> {}
            }
        });
    }

    private static Entry entry(Json json) {
        var entry = new Entry();
        json.members(name -> {
            switch (name) {
                case "VulnerabilityID", "ID", "RuleID" -> entry.id = json.text(Text.NAME);
                case "Title" -> entry.title = json.text(Text.SAYING);
                case "PkgName" -> entry.part = json.text(Text.NAME);
                case "InstalledVersion" -> entry.version = json.text(200);
                case "Severity" -> entry.severity = Severities.of(json.text(40));
                case "Status" -> entry.status = json.text(40);
                case "StartLine" -> entry.line = (int) Math.clamp(json.whole(), 0, Integer.MAX_VALUE);
                default -> {}
            }
        });
        return entry;
    }

    private static Finding finding(Entry entry, String target) {
        var where = entry.part.isEmpty() ? target : entry.part + " " + entry.version + " in " + target;
        return new Finding(
                "Trivy",
                entry.id,
                entry.severity,
                entry.title,
                Text.bounded(where, Text.NAME),
                entry.line,
                Prints.of("Trivy", entry.id, entry.part, target),
                false,
                1);
    }
}
