"""Pages of actions, notifications, clock rules and bank holidays."""
