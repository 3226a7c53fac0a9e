package rig

const activateAll = `UPDATE accounts SET activated_at = $1`
