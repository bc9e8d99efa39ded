package dev.conduct.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Tells requests made on this computer from others. With a public address (`conduct.url`) or named proxies, requests
/// of anybody may look as if they came from here: then none does.
@Component
class ThisComputer {

    private static final List<String> BY_A_PROXY =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

    private final boolean behindProxy;

    ThisComputer(@Value("${conduct.url:}") String url, @Value("${conduct.proxies:}") String proxies) {
        this.behindProxy = !url.isBlank() || !proxies.isBlank();
    }

    boolean serves(HttpServletRequest request) {
        return !behindProxy
                && BY_A_PROXY.stream().allMatch(header -> request.getHeader(header) == null)
                && loopback(request.getRemoteAddr());
    }

    /// An address, not a name: nothing is looked up.
    private static boolean loopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
