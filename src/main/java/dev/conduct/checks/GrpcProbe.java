package dev.conduct.checks;

import dev.conduct.kernel.Outbound;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/// Asks a server over gRPC how it is, by the health checking protocol (`grpc.health.v1`). Its two messages have one
/// field each, so they are written and read here.
@Component
class GrpcProbe implements Probe<Step.Grpc> {

    private static final int SERVING = 1;
    private static final int MOST_NAME = 127;
    private static final String[] WORDS = {"unknown", "serving", "not serving", "not known there"};
    private static final MethodDescriptor<String, Integer> CHECK = MethodDescriptor.<String, Integer>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("grpc.health.v1.Health/Check")
            .setRequestMarshaller(new Service())
            .setResponseMarshaller(new Status())
            .build();

    private final Outbound outbound;

    GrpcProbe(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public String look(Step.Grpc step, Values values) throws Failed, IOException {
        var target = Target.of(values.fill(step.target()));
        var service = values.fill(step.service());
        values.meantFor(target.host());
        var address = outbound.checked(target.host()).getFirst().getHostAddress();
        var builder = OkHttpChannelBuilder.forAddress(address, target.port())
                .overrideAuthority(target.host() + ":" + target.port());
        var channel = (step.plain() ? builder.usePlaintext() : builder.useTransportSecurity()).build();
        try {
            return asked(channel, step, service);
        } catch (StatusRuntimeException refused) {
            var status = refused.getStatus();
            throw new Failed("Answered " + status.getCode()
                    + (status.getDescription() == null ? "." : ": " + status.getDescription() + "."));
        } finally {
            channel.shutdownNow();
        }
    }

    private static String asked(ManagedChannel channel, Step.Grpc step, String service) throws Failed {
        if (service.length() > MOST_NAME) {
            throw new Failed("The name of the service is too long.");
        }
        var options = CallOptions.DEFAULT.withDeadlineAfter(step.timeout().toMillis(), TimeUnit.MILLISECONDS);
        int status = ClientCalls.blockingUnaryCall(channel, CHECK, options, service);
        var word = status >= 0 && status < WORDS.length ? WORDS[status] : String.valueOf(status);
        if (status != SERVING) {
            throw new Failed((service.isEmpty() ? "The server" : service) + " is " + word + ".");
        }
        return "It is serving.";
    }

    /// `HealthCheckRequest { string service = 1; }`
    private static final class Service implements MethodDescriptor.Marshaller<String> {

        @Override
        public InputStream stream(String service) {
            var out = new ByteArrayOutputStream();
            var name = service.getBytes(StandardCharsets.UTF_8);
            if (name.length > 0) {
                out.write(0x0a);
                out.write(name.length);
                out.writeBytes(name);
            }
            return new ByteArrayInputStream(out.toByteArray());
        }

        @Override
        public String parse(InputStream stream) {
            throw new UnsupportedOperationException("requests are only sent");
        }
    }

    /// `HealthCheckResponse { ServingStatus status = 1; }`, 0 when it is left out.
    private static final class Status implements MethodDescriptor.Marshaller<Integer> {

        @Override
        public InputStream stream(Integer status) {
            throw new UnsupportedOperationException("answers are only read");
        }

        @Override
        public Integer parse(InputStream stream) {
            try {
                var bytes = stream.readNBytes(2);
                return bytes.length == 2 && bytes[0] == 0x08 ? (int) bytes[1] : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
