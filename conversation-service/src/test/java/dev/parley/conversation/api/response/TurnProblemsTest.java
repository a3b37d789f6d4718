package dev.parley.conversation.api.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.business.response.AdmissionRefusal;
import dev.parley.conversation.business.response.TurnRefusal;
import dev.parley.platform.web.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnProblemsTest {
    private static final AdmissionRefusal REVOKED =
            new AdmissionRefusal(
                    401, "invalid_token", "It is not valid.", null, List.of(), Map.of());

    @Test
    void asksForAnotherTokenWhenOneIsRefusedOnTheWay() {
        Problem problem = TurnProblems.of(new TurnRefusal.NotAdmitted(REVOKED));

        assertThat(problem.status()).isEqualTo(401);
        assertThat(problem.headers().get("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"parley\", error=\"invalid_token\"");
    }

    @Test
    void aRefusalOfATokenHoldsNoKey() {
        assertThat(REVOKED.passing()).isTrue();
    }

    @Test
    void whatIsDeletedIsNotFound() {
        assertThat(TurnProblems.of(new TurnRefusal.Gone()).status()).isEqualTo(404);
    }
}
