/** Made up; here by itself because the child programs use it too. */
export const passphrase = 'correct horse battery staple';
