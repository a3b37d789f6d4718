package dev.parley.platform.id;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Makes UUIDs of version 7, increasing within this process. */
@ApplicationScoped
public class TimeOrderedIds {
    private final TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();

    /** A new id; safe for concurrent callers. */
    public UUID next() {
        return generator.generate();
    }
}
