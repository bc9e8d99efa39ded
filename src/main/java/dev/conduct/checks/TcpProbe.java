package dev.conduct.checks;

import dev.conduct.kernel.Outbound;
import java.io.IOException;
import org.springframework.stereotype.Component;

/// Whether something listens.
@Component
class TcpProbe implements Probe<Step.Tcp> {

    private final Outbound outbound;

    TcpProbe(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public String look(Step.Tcp step, Values values) throws Failed, IOException {
        var target = Target.of(values.fill(step.target()));
        values.meantFor(target.host());
        try (var socket = outbound.open(target.host(), target.port(), step.timeout())) {
            return "Connected to " + socket.getInetAddress().getHostAddress() + ".";
        }
    }
}
