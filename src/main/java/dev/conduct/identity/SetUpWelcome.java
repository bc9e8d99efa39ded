package dev.conduct.identity;

import dev.conduct.kernel.Welcome;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// On a first run, tells the operator where to set up, and in a demo where to sign in.
@Component
class SetUpWelcome implements Welcome {

    private final SetUp setUp;
    private final boolean demo;

    SetUpWelcome(SetUp setUp, @Value("${conduct.demo:false}") boolean demo) {
        this.setUp = setUp;
        this.demo = demo;
    }

    @Override
    public Optional<String> line(String address) {
        return demo
                ? Optional.of("This is a demo. Sign in as one of its people at " + address + "/demo/sign-in")
                : setUp.link(address).map(link -> "Set up this installation, once, at " + link);
    }
}
