package dev.conduct.checks;

import java.io.IOException;

/// Does one kind of step.
interface Probe<S extends Step> {

    /// @return what is worth telling, empty for nothing
    /// @throws Failed when it is not as the step expects
    /// @throws IOException when there was no answer
    String look(S step, Values values) throws Failed, IOException;

    /// What was found is not what was expected.
    final class Failed extends Exception {

        Failed(String says) {
            super(says);
        }
    }
}
