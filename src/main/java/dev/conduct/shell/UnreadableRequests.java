package dev.conduct.shell;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// What the container cannot even read (an address or headers that are too long or malformed) reaches no handler; it is
/// answered in our words all the same.
@Component
class UnreadableRequests implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    /// After the container's own, so that it comes first on the way back.
    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new InOurWords()));
    }

    private static final class InOurWords extends ErrorReportValve {

        private static final String SAYS =
                "The request cannot be read: its address or its headers are malformed, or longer than 8 KB together."
                        + " Shorten them, and write whatever is not plain ASCII percent-encoded.";

        @Override
        protected void report(Request request, Response response, @Nullable Throwable thrown) {
            if (response.getStatus() != 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            try {
                response.setContentType("application/problem+json;charset=UTF-8");
                var writer = response.getReporter();
                if (writer != null) {
                    writer.write("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":\""
                            + SAYS + "\",\"code\":\"unreadable_request\"}");
                    response.finishResponse();
                }
            } catch (IOException _) {
                // Whoever asked has gone.
            }
        }
    }
}
