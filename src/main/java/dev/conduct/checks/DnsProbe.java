package dev.conduct.checks;

import dev.conduct.kernel.Outbound;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Whether a name leads where it should. Only the resolver is asked: nothing is sent to what it names.
@Component
class DnsProbe implements Probe<Step.Dns> {

    private final Outbound outbound;

    DnsProbe(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public String look(Step.Dns step, Values values) throws Failed, IOException {
        var host = values.fill(step.host());
        values.meantFor(host);
        Set<String> found;
        try {
            found = outbound.found(host, step.timeout()).stream()
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (UnknownHostException unknown) {
            throw new Failed(host + " leads nowhere.");
        }
        var wanted = new TreeSet<String>();
        step.addresses().forEach(address -> wanted.add(values.fill(address)));
        if (!found.containsAll(wanted)) {
            throw new Failed(
                    host + " leads to " + String.join(", ", found) + ", expected " + String.join(", ", wanted) + ".");
        }
        return "Leads to " + String.join(", ", found) + ".";
    }
}
