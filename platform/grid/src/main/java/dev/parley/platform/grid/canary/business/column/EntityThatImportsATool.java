package dev.parley.platform.grid.canary.business.column;

import com.tngtech.archunit.core.domain.JavaClass;

/** Knows a library. */
public record EntityThatImportsATool(JavaClass type) {}
