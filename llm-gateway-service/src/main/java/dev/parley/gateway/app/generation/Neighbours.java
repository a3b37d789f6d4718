package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.admission.OutputChecks;
import dev.parley.gateway.business.admission.Reservations;
import dev.parley.gateway.business.admission.RevokedRequesters;
import dev.parley.gateway.business.generation.AnswerClaims;
import dev.parley.gateway.business.generation.UsageRecords;
import dev.parley.gateway.business.provider.ModelProvider;

/** What a running call needs of others. */
record Neighbours(
        ModelProvider provider,
        OutputChecks checks,
        UsageRecords records,
        Reservations reservations,
        OpenGenerations open,
        RevokedRequesters revoked,
        AnswerClaims claims) {}
