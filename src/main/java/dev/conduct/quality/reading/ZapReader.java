package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Finding;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.Severity;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;

/// ZAP's XML report: an alert is a finding, with as many instances as addresses that show it.
final class ZapReader implements KindReader {

    private static final class Alert {
        private String plugin = "";
        private String name = "";
        private String says = "";
        private String where = "";
        private Severity severity = Severity.INFO;
        private int instances;
    }

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException, XMLStreamException {
        var xml = Xml.of(bytes);
        xml.children(site -> {
            if (site.equals("site")) {
                var address = Text.bounded(xml.attribute("name"), Text.NAME);
                xml.children(alerts -> {
                    if (alerts.equals("alerts")) {
                        xml.children(item -> {
                            if (item.equals("alertitem")) {
                                receiver.take(alert(xml, address));
                            }
                        });
                    }
                });
            }
        });
        xml.finish();
    }

    private static Finding alert(Xml xml, String site) throws IOException, XMLStreamException {
        var alert = new Alert();
        xml.children(part -> {
            switch (part) {
                case "pluginid" -> alert.plugin = xml.text(200);
                case "alert", "name" -> alert.name = xml.text(Text.NAME);
                case "riskcode" -> alert.severity = severity(xml.text(10));
                case "desc" -> alert.says = xml.text(Text.SAYING);
                case "instances" ->
                    xml.children(instance -> {
                        alert.instances++;
                        xml.children(detail -> {
                            if (detail.equals("uri") && alert.where.isEmpty()) {
                                alert.where = xml.text(Text.NAME);
                            }
                        });
                    });
                default -> {}
            }
        });
        return new Finding(
                "ZAP",
                alert.plugin,
                alert.severity,
                Text.bounded(alert.name + (alert.says.isEmpty() ? "" : ": " + alert.says), Text.SAYING),
                alert.where.isEmpty() ? site : alert.where,
                0,
                Prints.of("ZAP", alert.plugin, alert.name, site),
                false,
                Math.max(1, alert.instances));
    }

    private static Severity severity(String risk) {
        return switch (risk) {
            case "3" -> Severity.HIGH;
            case "2" -> Severity.MEDIUM;
            case "1" -> Severity.LOW;
            default -> Severity.INFO;
        };
    }
}
