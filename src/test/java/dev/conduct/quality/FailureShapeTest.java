package dev.conduct.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What failures of one cause have in common.
class FailureShapeTest {

    @Test
    void numbers_ids_addresses_folders_and_times_make_no_difference() {
        var monday = FailureShape.of("shop.CartTest", """
                java.net.ConnectException: 127.0.0.1:45123 refused order 3f2a9c1e-77b0-4c2d-8a1f-6b93d5072c4e at 08:15:22
                \tat shop.Orders.send(Orders.java:41)
                \tat shop.CartTest.pays(CartTest.java:12)
                """);
        var tuesday = FailureShape.of("shop.BasketTest", """
                java.net.ConnectException: 10.0.3.7:80 refused order 00aa9c1e-77b0-4c2d-8a1f-6b93d5072c4e at 17:01:59
                \tat shop.Orders.send(Orders.java:44)
                \tat shop.BasketTest.empties(BasketTest.java:90)
                """);

        assertThat(monday.print()).isEqualTo(tuesday.print());
        assertThat(monday.message()).contains("127.0.0.1:45123");
    }

    @Test
    void folders_of_the_machine_make_no_difference_and_the_file_does() {
        assertThat(FailureShape.normal("cannot open /home/ci/job-12/build/rates.csv"))
                .isEqualTo(FailureShape.normal("cannot open /var/lib/agent/w/9/rates.csv"))
                .isNotEqualTo(FailureShape.normal("cannot open /var/lib/agent/w/9/prices.csv"));
        assertThat(FailureShape.normal("bean Cart@1f2e3d4c")).isEqualTo(FailureShape.normal("bean Cart@99ab00cd"));
    }

    @Test
    void another_message_or_another_place_is_another_cause() {
        var here = FailureShape.of("shop.A", "Timeout after 5000 ms\n\tat shop.Edi.ack(Edi.java:9)");

        assertThat(FailureShape.of("shop.B", "Timeout after 80 ms\n\tat shop.Edi.ack(Edi.java:12)")
                        .print())
                .isEqualTo(here.print());
        assertThat(FailureShape.of("shop.B", "Timeout after 80 ms\n\tat shop.Mail.send(Mail.java:12)")
                        .print())
                .isNotEqualTo(here.print());
        assertThat(FailureShape.of("shop.A", "Refused\n\tat shop.Edi.ack(Edi.java:9)")
                        .print())
                .isNotEqualTo(here.print());
    }

    @Test
    void frames_of_test_tools_say_nothing() {
        assertThat(FailureShape.of(
                                "s.T",
                                "expected 1\n\tat org.junit.jupiter.api.Assert.x(Assert.java:1)\n\tat s.T.a(T.java:3)")
                        .print())
                .isEqualTo(FailureShape.of("s.U", "expected 2").print());
        assertThat(FailureShape.of("", "").message()).isEmpty();
    }
}
