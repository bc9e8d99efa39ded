package dev.conduct.identity;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// Takes a visitor's address and the use of TLS from `X-Forwarded-For` and `X-Forwarded-Proto`, when the request comes
/// from one of the addresses named in `conduct.proxies`; from all others these headers say nothing. Without it, all
/// people behind a TLS proxy would share one address, and the throttle would pause them together.
@Component
class TrustedProxies implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    private final List<String> addresses;

    TrustedProxies(@Value("${conduct.proxies:}") List<String> addresses) {
        this.addresses = addresses;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        if (addresses.isEmpty()) {
            return;
        }
        var valve = new RemoteIpValve();
        valve.setInternalProxies(
                addresses.stream().map(String::strip).map(Pattern::quote).collect(Collectors.joining("|")));
        valve.setRemoteIpHeader("X-Forwarded-For");
        valve.setProtocolHeader("X-Forwarded-Proto");
        factory.addEngineValves(valve);
    }
}
