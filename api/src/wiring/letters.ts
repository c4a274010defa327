import { letters as auth } from "../auth/mails.tsx";
import type { Letters } from "../mail/postman.ts";
import { letters as moderation } from "../moderation/mails.tsx";
import { letters as notifications } from "../notifications/mails.tsx";

/** All that we write to members by mail, and who writes it. */
export const letters: Letters = { ...auth, ...moderation, ...notifications };
