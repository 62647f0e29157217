/** Goes into the lock; it changes when fingerprints must, and never otherwise. */
export const markupVersion = 1;
