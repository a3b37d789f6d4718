package dev.parley.local.launcher;

/** Which model provider the stack is to use. */
public enum ProviderChoice {
    /** Ollama if one answers, else the simulated one. */
    WHICH_ANSWERS,
    OLLAMA,
    SIMULATED
}
