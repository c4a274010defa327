import { onDeleteAccount, onMove, onUpdateAccount } from "../accounts/inbox.ts";
import { each, type Understood } from "../delivery/activities.ts";
import { onFlag } from "../moderation/inbox.ts";
import { onAdd, onCreate, onDeletePost, onRemove, onUpdatePost } from "../posts/inbox.ts";
import { onAcceptQuote, onDeleteStamp, onQuoteRequest, onRejectQuote } from "../quotes/inbox.ts";
import { onAnnounce, onLike, onUndoReaction } from "../reactions/inbox.ts";
import { onAccept, onBlock, onFollow, onReject, onUndoBlock, onUndoFollow } from "../relationships/inbox.ts";

/** Every activity that we understand, and who takes it. What is not listed is answered 202 and forgotten. */
export const understood: Understood = {
  Accept: each(onAcceptQuote, onAccept),
  Add: onAdd,
  Announce: onAnnounce,
  Block: onBlock,
  Create: onCreate,
  Delete: each(onDeleteAccount, onDeletePost, onDeleteStamp),
  EmojiReact: onLike,
  Flag: onFlag,
  Follow: onFollow,
  Like: onLike,
  Move: onMove,
  QuoteRequest: onQuoteRequest,
  Reject: each(onRejectQuote, onReject),
  Remove: onRemove,
  Undo: each(onUndoFollow, onUndoBlock, onUndoReaction),
  Update: each(onUpdateAccount, onUpdatePost),
};
